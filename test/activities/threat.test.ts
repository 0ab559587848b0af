import { expect, it } from 'vitest';
import type { MessageView } from '../../src/domain/message.ts';
import { INCOMPLETE_SYMBOL, INJECTION_SYMBOL, type ThreatSymbol, toThreat } from '../../src/domain/threat.ts';
import type { Sender } from '../../src/mail/smtp/sender.ts';
import { createFakes, REF } from './support/fake-dependencies.ts';
import { createFakeDrafts } from './support/fake-drafts.ts';
import { classification, LOCAL, VIEW } from './support/readings.ts';
import { runActivity } from './support/run-activity.ts';

const SENDER: Sender = {
  send: () => Promise.reject(new Error('not here')),
  ping: () => Promise.reject(new Error('not here')),
  close: () => Promise.resolve(),
};
const symbol = (name: string, score: number): ThreatSymbol => ({ name, score, reason: name.toLowerCase() });

/** A run whose source was judged with these symbols, up to its draft. */
async function runWith(symbols: readonly ThreatSymbol[], id: string, changes: Partial<MessageView> = {}) {
  const drafts = createFakeDrafts();
  drafts.rows.clear();
  const threat = toThreat(symbols);
  const fakes = createFakes(
    {
      sender: SENDER,
      needsSecondRead: () => false,
      localEngine: { ...LOCAL, classify: () => classification(id, 0.95) },
      readView: async () => ({ ...VIEW, threat, ...changes }),
    },
    drafts,
  );
  await runActivity(fakes.deps, 'readMessage', REF);
  const { plan } = await runActivity(fakes.deps, 'classifyMessage', REF);
  await runActivity(fakes.deps, 'summarizeMessage', { ...REF, consulted: false });
  return { plan, view: fakes.message.view, draft: () => runActivity(fakes.deps, 'draftReply', REF) };
}

it('a message that nothing speaks against is answered where its category allows it', async () => {
  const { draft, view } = await runWith([symbol('LINK_SHORTENED', 1)], 'instant');
  expect(await draft()).toMatchObject({ approval: 'none' });
  expect(view?.threat).toMatchObject({ trust: 'unverified', score: 1 });
});

it.each([
  ['DMARC_FAIL', 4],
  ['FILE_PROGRAM', 9],
  [INJECTION_SYMBOL, 0.1],
])('a message flagged by %s waits for a person, however sure its category is', async (name, score) => {
  const { draft } = await runWith([symbol(name, score)], 'instant');
  expect(await draft()).toMatchObject({ approval: 'person' });
});

it('a message of which a limit left something unread waits for a person', async () => {
  const { draft } = await runWith([], 'instant', { incomplete: true });
  expect(await draft()).toMatchObject({ approval: 'person' });
  const judgedInPart = await runWith([symbol(INCOMPLETE_SYMBOL, 1)], 'instant');
  expect(await judgedInPart.draft()).toMatchObject({ approval: 'person' });
});

it('orders to the machine do not get a message sorted away: a person sees it', async () => {
  expect((await runWith([], 'silent')).plan.draft).toBe(false);
  const { plan, draft } = await runWith([symbol(INJECTION_SYMBOL, 4)], 'silent');
  expect(plan.draft).toBe(true);
  expect(await draft()).toMatchObject({ approval: 'person' });
});

it('the account that a source came to is told to whoever judges it', async () => {
  const asked: string[] = [];
  const { deps } = createFakes({
    readView: async (_raw, { address }) => {
      asked.push(address);
      return VIEW;
    },
  });
  await runActivity(deps, 'readMessage', REF);
  expect(asked).toEqual(['sales@example.org']);
});
