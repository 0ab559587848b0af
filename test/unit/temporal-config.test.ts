import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCAL_ACTIVITY_NAMES, NETWORK_ACTIVITY_QUEUES } from '../../src/contract/activity-policy.ts';
import { QUEUES } from '../../src/contract/queues.ts';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import {
  CONFIGURED_QUEUES,
  DEFAULT_TEMPORAL_CONFIG,
  loadTemporalConfig,
  parseTemporalConfig,
} from '../../src/temporal-config.ts';

const SHIPPED = readFileSync(DEFAULT_TEMPORAL_CONFIG, 'utf8');

/** The shipped file with one piece of it replaced; a piece that is not there fails the test. */
function change(piece: string | RegExp, by: string): string {
  const text = SHIPPED.replace(piece, by);
  if (text === SHIPPED) throw new Error(`temporal.yaml does not hold ${String(piece)}`);
  return text;
}

function lineOf(text: string, piece: string): number {
  return text.slice(0, text.indexOf(piece)).split('\n').length;
}

function faultOf(text: string): ServiceError {
  try {
    parseTemporalConfig(text, 'temporal.yaml');
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

describe('the shipped file', () => {
  const config = loadTemporalConfig();

  it('has a policy for every activity, and no other', () => {
    const names = [...LOCAL_ACTIVITY_NAMES, ...Object.keys(NETWORK_ACTIVITY_QUEUES)];
    expect(Object.keys(config.policy.activities).sort()).toEqual(names.sort());
  });

  it('puts every network activity on its own queue, with a heartbeat', () => {
    for (const [name, queue] of Object.entries(NETWORK_ACTIVITY_QUEUES)) {
      const policy = Object.entries(config.policy.activities).find(([key]) => key === name)?.[1];
      expect(policy).toMatchObject({ kind: 'network', queue });
      if (policy?.kind === 'network') expect(policy.heartbeatMs).toBeLessThan(policy.startToCloseMs);
    }
  });

  it('configures every queue and every search attribute', () => {
    expect(Object.keys(config.taskQueues).sort()).toEqual([...QUEUES].sort());
    expect([...CONFIGURED_QUEUES].sort()).toEqual([...QUEUES].sort());
    expect(Object.keys(config.searchAttributes).sort()).toEqual(
      SEARCH_ATTRIBUTES.map(({ name }) => name).sort(),
    );
  });

  it('tries records for ever and pure steps until Postgres has restarted', () => {
    const { activities } = config.policy;
    expect(activities.settleMessage.retry.attempts).toBe(0);
    expect(activities.quarantineMessage.retry.attempts).toBe(0);
    expect(activities.finishBatch.retry.attempts).toBe(0);
    expect(activities.classifyMessage.retry).toEqual({
      attempts: 8,
      initialMs: 5000,
      maximumMs: 30_000,
      backoff: 2,
    });
  });

  it('reads each unit of a duration', () => {
    expect(config.namespace.retentionMs).toBe(3 * 86_400_000);
    expect(config.sweepSchedule).toMatchObject({ everyMs: 300_000, overlap: 'SKIP' });
    expect(config.breakers).toEqual({ failures: 5, withinMs: 30_000, resetMs: 120_000 });
    expect(config.policy.workflows).toEqual({
      approvalMs: 14 * 86_400_000,
      slotMs: 1_800_000,
      graceMs: 120_000,
      pageItems: 200,
      backfillAgeMs: 2 * 86_400_000,
    });
    const other = parseTemporalConfig(
      change('jitter: 2s', 'jitter: 250ms').replace('slot: 30m', 'slot: 36h'),
      'x',
    );
    expect([other.pullSchedule.jitterMs, other.policy.workflows.slotMs]).toEqual([250, 36 * 3_600_000]);
  });
});

describe('a policy', () => {
  it('takes from the defaults what it does not say itself', () => {
    const { activities } = parseTemporalConfig(
      change(
        /defaults:[^#]*?backoff: 2/,
        'defaults:\n  attempts: 9\n  initialInterval: 1s\n  maximumInterval: 7s\n  backoff: 3',
      ),
      'x',
    ).policy;
    expect(activities.consultModel.retry).toEqual({
      attempts: 9,
      initialMs: 1000,
      maximumMs: 7000,
      backoff: 3,
    });
    expect(activities.syncPartner.retry).toMatchObject({ attempts: 40, maximumMs: 120_000, backoff: 3 });
  });

  it('never waits shorter between later attempts than after the first', () => {
    const text = change(
      'readMessage: { startToClose: 60s,',
      'readMessage: { startToClose: 60s, initialInterval: 10m,',
    );
    expect(parseTemporalConfig(text, 'x').policy.activities.readMessage.retry).toMatchObject({
      initialMs: 600_000,
      maximumMs: 600_000,
    });
  });

  it('may leave out the time in all', () => {
    const { fetchPage, consultModel } = loadTemporalConfig().policy.activities;
    expect(fetchPage).toMatchObject({ scheduleToCloseMs: undefined });
    expect(consultModel).toMatchObject({ scheduleToCloseMs: 600_000 });
  });
});

describe('a fault', () => {
  it.each([
    [
      'a duration without a unit',
      'startToClose: 60s',
      'startToClose: 60',
      'activities.readMessage.startToClose',
    ],
    ['a duration of words', 'jitter: 2s', 'jitter: two seconds', 'schedules.pull.jitter'],
    ['a retention below a day', 'retention: 3d', 'retention: 3h', 'namespace.retention'],
    ['a name with blanks', 'name: mailroom', 'name: mail room', 'namespace.name'],
    ['an unknown overlap', 'overlap: SKIP', 'overlap: skip', 'schedules.pull.overlap'],
    ['a short catch-up window', 'catchupWindow: 10m', 'catchupWindow: 5s', 'schedules.pull.catchupWindow'],
    ['a wrong type', 'pauseOnFailure: false', 'pauseOnFailure: maybe', 'schedules.pull.pauseOnFailure'],
    [
      'another attribute type',
      'MailroomStage: Keyword',
      'MailroomStage: Text',
      'searchAttributes.MailroomStage',
    ],
    ['too few pollers', 'pollers: 4', 'pollers: 1', 'taskQueues.main.pollers'],
    ['a rate of nothing', 'ratePerSecond: 20', 'ratePerSecond: 0', 'taskQueues.odoo.ratePerSecond'],
    ['too large pages', 'pageItems: 200', 'pageItems: 501', 'workflows.pageItems'],
    ['half an attempt', 'attempts: 3', 'attempts: 1.5', 'defaults.attempts'],
    ['a backoff below one', 'backoff: 2', 'backoff: 0.5', 'defaults.backoff'],
    ['another queue', 'queue: mailbox', 'queue: send', 'activities.fetchPage.queue'],
  ])('%s is named with its line', (_what, piece, by, path) => {
    const text = change(piece, by);
    const fault = faultOf(text);
    expect(fault.type).toBe('InvalidInput');
    expect(fault.message).toContain(`${path} (line ${lineOf(text, by)}): `);
  });

  it.each([
    ['a sweep every second', 'every: 5m', 'every: 1s', 'schedules.sweep.every'],
    ['a key that nobody knows', 'jitter: 2s', 'jitter: 2s\n    jiter: 3s', 'jiter'],
    [
      'an activity that nobody knows',
      '  readMessage:',
      '  readMesage: { startToClose: 1s }\n  readMessage:',
      'readMesage',
    ],
    [
      'an attribute that nobody knows',
      'MailroomStage: Keyword',
      'MailroomStage: Keyword\n  Sender: Keyword',
      'Sender',
    ],
    ['an activity that is missing', /^ {2}readMessage:.*\n/m, '', 'readMessage'],
    ['a heartbeat that is missing', 'startToClose: 10m, heartbeat: 30s', 'startToClose: 10m', 'heartbeat'],
    ['a section that is missing', /^breakers:\n(?: {2}.*\n)+/m, '', 'breakers'],
  ])('%s is named', (_what, piece, by, name) => {
    expect(faultOf(change(piece, by)).message).toContain(name);
  });

  it('does not come alone: all are named at once', () => {
    const text = change('jitter: 2s', 'jitter: soon')
      .replace('backoff: 2', 'backoff: 99')
      .replace('3d', 'ever');
    const { message, fix } = faultOf(text);
    for (const path of ['schedules.pull.jitter', 'defaults.backoff', 'namespace.retention'])
      expect(message).toContain(path);
    expect(message.split('\n')).toHaveLength(4);
    expect(fix).toContain('Mend');
  });

  it.each([
    ['a bracket left open', 'main: { workflowTasks: 40'],
    ['a tab', '\tname: x'],
    ['a key twice', 'a: 1\na: 2'],
  ])('of syntax, %s, is said to be one, with its line', (_what, text) => {
    expect(faultOf(text).message).toMatch(/temporal\.yaml is not YAML: .*line \d+/s);
  });

  it.each(['', '# only a comment', 'just text', '[1, 2]', 'null'])(
    'of the whole file %j is named',
    (text) => {
      expect(faultOf(text)).toMatchObject({
        type: 'InvalidInput',
        message: expect.stringContaining('the file'),
      });
    },
  );

  it('of a file that is not there names it and the variable', () => {
    expect(() => loadTemporalConfig('/not/there.yaml')).toThrow('/not/there.yaml cannot be read');
    try {
      loadTemporalConfig('/not/there.yaml');
    } catch (error) {
      expect(error).toMatchObject({ type: 'InvalidInput', fix: expect.stringContaining('TEMPORAL_CONFIG') });
    }
  });

  it('may not be a bomb of aliases', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      bomb.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(() => parseTemporalConfig(bomb.join('\n'), 'x')).toThrow();
  });
});
