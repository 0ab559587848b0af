import type { z } from 'zod';
import type { Analysis } from '../../../schemas/message.ts';
import { formatPercent } from '../format/format-percent.ts';
import { humanize } from '../format/humanize.ts';
import { Card } from './card.tsx';
import './decisions-card.css';
import { ReasonList } from './reason-list.tsx';

type AnalysisFacts = z.input<typeof Analysis>;

interface DecisionsCardProps {
  readonly analysis: AnalysisFacts;
  readonly priorityBy: string | null;
}

/** Why it was sorted as it was, and what did the sorting. */
export function DecisionsCard({ analysis, priorityBy }: DecisionsCardProps) {
  const { classification, priority } = analysis;
  return (
    <Card title="Why">
      <div className="decision">
        <p>
          <strong>{humanize(classification.category)}</strong>, {formatPercent(classification.confidence)}{' '}
          sure
          <Others title="else" others={classification.alternatives} />
          <Others title="also" others={classification.labels} />
        </p>
        {classification.needsPerson === null ? null : (
          <p className="decision-person">A person decides: {classification.needsPerson}</p>
        )}
        {classification.needsAction === null ? null : (
          <p className="soft">
            {classification.needsAction ? 'Somebody waits for us to do something' : 'Nobody waits for us'}
          </p>
        )}
        <SureFrom measured={classification.sureFrom} />
        <ReasonList reasons={classification.reasons} />
        {classification.labels.length === 0 ? null : (
          <p>
            Also{' '}
            {classification.labels
              .map(({ category, confidence }) => `${humanize(category)} ${formatPercent(confidence)}`)
              .join(', ')}
          </p>
        )}
      </div>
      {classification.needsAction === null ? null : (
        <div className="decision">
          <p>
            <strong>{classification.needsAction ? 'Somebody waits for us' : 'Nobody waits for us'}</strong>
          </p>
          <ReasonList reasons={classification.needsActionReasons} />
        </div>
      )}
      {priority === null ? null : (
        <div className="decision">
          <p>
            <strong>{humanize(priority.priority)} priority</strong>
            {priorityBy === null ? null : <span className="faint"> · changed since by {priorityBy}</span>}
          </p>
          {priority.needsPerson === null ? null : (
            <p className="decision-person">A person decides: {priority.needsPerson}</p>
          )}
          {priority.sureFrom === null ? null : <SureFrom measured={priority.sureFrom} />}
          <ReasonList reasons={priority.reasons} />
        </div>
      )}
      <Provenance analysis={analysis} />
    </Card>
  );
}

type Measured = AnalysisFacts['classification']['sureFrom'];

/** What counts as sure here, and what that rests on. */
function SureFrom({ measured }: { readonly measured: Measured }) {
  if (measured === null) {
    return (
      <p className="faint">
        What counts as sure was not measured for this decision: no taught model made it alone
      </p>
    );
  }
  const { threshold, error, coverage, rows } = measured;
  if (coverage === 0) {
    return <p className="faint">Measured on {rows} rows: no confidence told the right from the wrong</p>;
  }
  return (
    <p className="faint">
      Sure from {formatPercent(threshold)} on: measured on {rows} rows, {formatPercent(coverage)} of them were
      sure and {formatPercent(error)} of those wrong
    </p>
  );
}

interface OthersProps {
  readonly title: string;
  readonly others: AnalysisFacts['classification']['alternatives'];
}

function Others({ title, others }: OthersProps) {
  if (others.length === 0) return null;
  const words = others.map(
    ({ category, confidence }) => `${humanize(category)} ${formatPercent(confidence)}`,
  );
  return (
    <span className="faint">
      {' '}
      · {title} {words.join(', ')}
    </span>
  );
}

/** Every version that had a part in it: the same decision can be made again, and told apart from a later one. */
function Provenance({ analysis }: { readonly analysis: AnalysisFacts }) {
  const { engine, engineVersion, model, promptVersion, taxonomyVersion } = analysis;
  const { localVersion, ruleVersion, pipelineVersion } = analysis;
  const versions = [
    ['Model', model],
    ['Prompt', promptVersion],
    ['Local read', localVersion],
    ['Taxonomy', taxonomyVersion],
    ['Rules', ruleVersion],
    ['Pipeline', pipelineVersion],
  ] as const;
  return (
    <dl className="provenance">
      <dt>Decided by</dt>
      <dd>
        {engine} {engineVersion}
      </dd>
      {versions.map(([name, version]) =>
        version === null ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
