import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { MessageDetail } from '../../../schemas/message.ts';
import { downloadSource } from '../api/download-source.ts';
import { toProblem } from '../api/to-problem.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { humanize } from '../format/humanize.ts';
import { toasts } from '../state/toasts.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { ExternalLink } from './external-link.tsx';
import './facts-card.css';
import { TimeAgo } from './time-ago.tsx';

type Fact = readonly [string, ReactNode];

/** Where it came from and where it went: what one needs to find it elsewhere. */
export function FactsCard({ message }: { readonly message: MessageDetail }) {
  const save = () => {
    downloadSource(message.id, `${message.sourceSha256.slice(0, 16)}.eml`).catch((error: unknown) => {
      toasts.show({ tone: 'bad', text: toProblem(error).detail });
    });
  };
  return (
    <Card title="Facts">
      <dl className="facts">
        {toFacts(message).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="cut">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="facts-foot">
        <Button icon="download" onClick={save}>
          Original ({formatBytes(message.size)})
        </Button>
      </div>
    </Card>
  );
}

function toFacts(message: MessageDetail): readonly Fact[] {
  const { body, batchId, partnerSync, run, settledAt } = message;
  const verdict = body?.automatic;
  const facts: readonly (Fact | undefined)[] = [
    [
      'Run',
      run.status === 'running' && run.stage
        ? `at ${humanize(run.stage).toLowerCase()}`
        : humanize(run.status),
    ],
    ['Written by', verdict && [humanize(verdict.kind), ...verdict.reasons].join(' · ')],
    ['Dated', body?.date && <TimeAgo key="at" instant={body.date} />],
    ['Read from', message.label],
    ['Stored', <TimeAgo key="at" instant={message.parkedAt} />],
    ['Settled', settledAt && <TimeAgo key="at" instant={settledAt} />],
    ['Batch', batchId && <Link to={`/messages?batchId=${encodeURIComponent(batchId)}`}>{batchId}</Link>],
    [
      'Odoo',
      partnerSync && (
        <ExternalLink href={partnerSync.url}>
          {partnerSync.model} {partnerSync.recordId}
          {partnerSync.partnerCreated ? ', new partner' : ''}
        </ExternalLink>
      ),
    ],
    ['Message-ID', message.messageIdHeader && <span className="mono">{message.messageIdHeader}</span>],
    [
      'SHA-256',
      <span key="sha" className="mono">
        {message.sourceSha256}
      </span>,
    ],
  ];
  return facts.filter(
    (fact) => fact !== undefined && fact[1] !== undefined && fact[1] !== null && fact[1] !== '',
  ) as Fact[];
}
