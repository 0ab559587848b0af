import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { WEBHOOK_RESULTS } from '../../../api/metrics/add-webhook-counter.ts';
import { HEALTH_STATES } from '../../../src/domain/account-health.ts';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { describeUnless } from '../../support/describe-unless.ts';
import { listExportedMetrics } from './list-exported-metrics.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

const FOLDER = join(PACKAGE_ROOT, 'deploy/prometheus');
const { groups } = parse(readFileSync(join(FOLDER, 'alerts.yml'), 'utf8')) as {
  groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const valuesOf = (label: string) =>
  rules.flatMap(({ expr }) =>
    [...expr.matchAll(new RegExp(`${label}=~?"([^"]*)"`, 'g'))].flatMap(([, values = '']) =>
      values.split('|'),
    ),
  );

it.each(rules)('$alert says how grave it is, what happened and what to do', ({ labels, annotations }) => {
  expect(['critical', 'warning', 'info']).toContain(labels.severity);
  expect(Object.keys(annotations)).toEqual(['summary', 'description', 'action']);
  for (const text of Object.values(annotations)) expect(text.length).toBeGreaterThan(20);
});

it('names every alert once, and for each of these faults there is one', () => {
  const names = rules.map(({ alert }) => alert);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      'MailUnaccounted',
      'MailAccountStuck',
      'MailAccountLag',
      'MailAccountSignInRefused',
      'MailQuarantineGrows',
    ]),
  );
});

it('asks only for what the API exports, with labels and values that there are', async () => {
  const exported = await listExportedMetrics();
  for (const { alert, expr } of rules) {
    const asked = [...expr.matchAll(/\bmail(?:room)?_\w+/g)].map(([name]) => name);
    expect([alert, asked.length > 0]).toEqual([alert, true]);
    expect([alert, asked.filter((name) => !exported.has(name))]).toEqual([alert, []]);
    const labels = [...expr.matchAll(/\b(?:by|on) \((\w+)\)/g)].map(([, label]) => label);
    for (const name of asked)
      expect([name, exported.get(name)]).toEqual([name, expect.arrayContaining(labels)]);
  }
  expect(HEALTH_STATES).toEqual(expect.arrayContaining(valuesOf('state')));
  expect(WEBHOOK_RESULTS).toEqual(expect.arrayContaining(valuesOf('result')));
});

const promtool = (...args: string[]) =>
  spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8', timeout: 60_000 });
const obstacle =
  promtool('--version').status === 0 ? undefined : 'no promtool here (apt-get install prometheus)';

describeUnless(obstacle, 'Prometheus', () => {
  it.each([['check'], ['test']])('takes the rules: promtool %s', (verb) => {
    const { status, stdout, stderr } = promtool(
      verb,
      'rules',
      verb === 'check' ? 'alerts.yml' : 'alerts.test.yml',
    );
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});
