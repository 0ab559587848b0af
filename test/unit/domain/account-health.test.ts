import { describe, expect, it } from 'vitest';
import { type AccountFacts, toAccountHealth } from '../../../src/domain/account-health.ts';
import { joinPullError } from '../../../src/domain/pull-error.ts';
import { REMOVAL_REASONS } from '../../../src/domain/removal-reasons.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

const CALM: AccountFacts = {
  id: 'sales',
  state: 'active',
  stateReason: undefined,
  mode: 'hybrid',
  isPullable: true,
  pullEverySeconds: 60,
  limits: undefined,
  createdAt: ago(86_400),
  lastPullAt: ago(30),
  lastPullError: undefined,
  failures: 0,
  lastSyncedAt: ago(30),
  lacksSignIn: false,
  lastMessageAt: ago(400),
  waitingSince: undefined,
  unfinished: 0,
  quarantined: 0,
  today: { messages: 10, bytes: 1_000 },
  unaccounted: undefined,
  pushError: undefined,
  wait: undefined,
  nextRunAt: ago(-30),
};
const LIMITS = {
  lookBackDays: undefined,
  messagesPerMinute: undefined,
  concurrentMessages: undefined,
  messagesPerDay: 10,
  bytesPerDay: undefined,
};
const SLOW = 'graph.microsoft.com asks to slow down: too many requests';
const WAIT = { until: ago(-1800), reason: SLOW };
const judge = (facts: Partial<AccountFacts>) => toAccountHealth({ ...CALM, ...facts }, NOW);

describe('the health of an account', () => {
  it.each<[string, Partial<AccountFacts>, string, string | undefined, string | undefined]>([
    ['all is processed', {}, 'idle', 'All that came is processed', undefined],
    [
      'messages are under way',
      { waitingSince: ago(20), unfinished: 3 },
      'processing',
      '3 under way',
      undefined,
    ],
    ['messages wait for a person alone', { unfinished: 2 }, 'idle', '2 wait for a person', undefined],
    ['messages wait for ten minutes', { waitingSince: ago(700) }, 'behind', '11 minutes', 'workers'],
    ['messages wait for hours', { waitingSince: ago(3 * 3600) }, 'stuck', '3 hours', 'doctor'],
    ['pulls never reach the end', { lastSyncedAt: ago(3600) }, 'behind', 'holds more', undefined],
    ['nothing pulls it any more', { lastPullAt: ago(7200) }, 'stuck', 'every 60 s', 'account resume sales'],
    [
      'it was never pulled',
      { lastPullAt: undefined, lastSyncedAt: undefined },
      'stuck',
      '24 hours',
      'doctor',
    ],
    [
      'two pulls failed',
      { failures: 2, lastPullError: 'No route' },
      'failing',
      'No route',
      'account test sales',
    ],
    [
      'the very first pull failed',
      { failures: 1, lastPullError: 'No route', lastSyncedAt: undefined },
      'failing',
      'No route',
      'account test sales',
    ],
    [
      'a pull told how to mend it',
      { failures: 2, lastPullError: 'No route\nSwitch it on.' },
      'failing',
      'No route',
      'Switch it on.',
    ],
    [
      'it is new',
      { lastPullAt: undefined, lastSyncedAt: undefined, createdAt: ago(10) },
      'idle',
      'Not read yet',
      undefined,
    ],
    ['one pull failed', { failures: 1, lastPullError: 'No route' }, 'idle', 'processed', undefined],
    ['nobody signed in', { lacksSignIn: true }, 'failing', 'signed in', 'account login sales'],
    ['an audit misses mail', { unaccounted: 2 }, 'failing', 'became of 2', 'audit sales'],
    [
      'the day was full for hours',
      { limits: LIMITS, lastPullAt: ago(7200), waitingSince: ago(7200) },
      'over-quota',
      '10 messages',
      '--per-day N',
    ],
    [
      'its provider asked for an hour',
      { lastPullAt: ago(1800), lastSyncedAt: ago(1860), failures: 1, lastPullError: SLOW, wait: WAIT },
      'waiting',
      `Waiting until 12:30 UTC because its provider asked: ${SLOW}`,
      'nothing is to be done',
    ],
    [
      'a provider asks for a wait at the very first pull, and once more',
      { lastPullAt: ago(10), lastSyncedAt: undefined, failures: 2, lastPullError: SLOW, wait: WAIT },
      'waiting',
      SLOW,
      undefined,
    ],
    [
      'the wait ends tomorrow',
      { lastPullAt: ago(10), wait: { until: new Date('2026-03-02T01:05:00Z'), reason: SLOW } },
      'waiting',
      'until 2026-03-02 01:05 UTC',
      undefined,
    ],
    [
      'a wait is just over',
      { lastPullAt: ago(3690), failures: 2, lastPullError: SLOW, wait: { until: ago(90), reason: SLOW } },
      'waiting',
      SLOW,
      undefined,
    ],
    [
      'a wait is over, and the page after it is late but not lost',
      { lastPullAt: ago(4100), lastSyncedAt: ago(30), wait: { until: ago(500), reason: SLOW } },
      'idle',
      undefined,
      undefined,
    ],
    [
      'a wait is over and nothing was pulled after it',
      { lastPullAt: ago(7200), wait: { until: ago(700), reason: SLOW } },
      'stuck',
      'every 60 s',
      undefined,
    ],
    [
      'a clock that was set back makes a wait of days',
      { lastPullAt: ago(7200), wait: { until: ago(-200_000), reason: SLOW } },
      'stuck',
      'every 60 s',
      undefined,
    ],
    [
      'a provider asks for a dozen waits in a row and hands over nothing',
      { lastPullAt: ago(30), failures: 12, lastPullError: SLOW, wait: WAIT },
      'failing',
      SLOW,
      'account test sales',
    ],
    [
      'messages wait for hours, whatever the provider asked for',
      { waitingSince: ago(3 * 3600), wait: WAIT },
      'stuck',
      '3 hours',
      'doctor',
    ],
    [
      'mail is missing while the provider is left alone',
      { unaccounted: 1, wait: WAIT },
      'failing',
      'became of 1',
      'audit',
    ],
    ['the day is full', { limits: LIMITS }, 'over-quota', '10 messages', '--per-day N'],
    [
      'a person paused it',
      { state: 'paused', stateReason: 'holiday' },
      'paused',
      'holiday',
      'account resume',
    ],
    ['it was removed', { state: 'removed', failures: 9 }, 'removed', undefined, '--data delete'],
  ])('when %s', (_when, facts, state, reason, fix) => {
    const health = judge(facts);
    expect(health.state).toBe(state);
    expect(health.reason).toContain(reason ?? '');
    if (fix === undefined) return;
    expect(health.fix).toContain(fix);
  });

  it.each([
    [
      'Sign-in is needed again: nobody has signed in to "ou1" yet.',
      'Sign in again: `npm run mailroom -- account login ou1`.',
      'Sign in again: `npm run mailroom -- account login ou1`.',
    ],
    [
      'imap.example.org refused the login: no',
      'Check the password.',
      'Check the password. Then: npm run mailroom -- account resume sales',
    ],
    ['The consent is gone', undefined, 'Mend that, then: npm run mailroom -- account resume sales'],
  ])('of one that a pull paused tells the fault and its fix apart: %s', (fault, known, fix) => {
    const stateReason = known === undefined ? fault : `${fault.replace(/\.$/, '')}. ${known}`;
    const lastPullError = joinPullError(fault, known);
    expect(judge({ state: 'paused', stateReason, lastPullError })).toMatchObject({ reason: fault, fix });
  });

  it('of one whose data are being deleted does not ask to delete them', () => {
    const { reason, fix } = judge({ state: 'removed', stateReason: REMOVAL_REASONS.delete });
    expect(reason).toBe('Removed; its data are being deleted');
    expect(fix).toBe('Nothing is to be done: it is gone once they are.');
    expect(judge({ state: 'removed', stateReason: REMOVAL_REASONS.keep }).fix).toContain('--data delete');
  });

  it('of one that is pulled by hand, or not at all, does not ask for pulls', () => {
    const silent = { lastPullAt: undefined, lastSyncedAt: undefined, nextRunAt: undefined };
    expect(judge({ ...silent, mode: 'manual' }).state).toBe('idle');
    expect(judge({ ...silent, mode: 'manual', isPullable: false }).state).toBe('idle');
  });

  it('says until when its provider is left alone, and does not call that an error', () => {
    const waiting = { wait: WAIT, failures: 1, lastPullError: SLOW };
    expect(judge(waiting)).toMatchObject({ waitsUntil: WAIT.until, errors: [] });
    expect(judge({ ...waiting, state: 'paused' }).waitsUntil).toBeUndefined();
    expect(judge({ ...waiting, wait: { until: ago(300), reason: SLOW } })).toMatchObject({
      waitsUntil: undefined,
      errors: [`Last pull: ${SLOW}`],
    });
  });

  it('names all that is wrong beside its state, and no next run of one that does not run', () => {
    const health = judge({
      state: 'paused',
      lastPullError: 'No route',
      pushError: 'refused',
      quarantined: 4,
      unaccounted: 1,
      waitingSince: ago(90),
    });
    expect(health.errors).toEqual([
      'Last pull: No route',
      'Notifications: refused',
      '4 in quarantine',
      'Nobody knows what became of 1 of its messages',
    ]);
    expect(health).toMatchObject({ lagSeconds: 90, nextRunAt: undefined });
  });
});
