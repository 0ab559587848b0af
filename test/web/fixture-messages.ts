import { Message } from '../../api/schemas/message.ts';
import { ROWS } from './fixture-rows.ts';

const MINUTE = 60_000;
const START = Date.now();

export const ago = (minutes: number) => new Date(START - minutes * MINUTE).toISOString();

/** Sixty rows, so that there is a second page. Parsed: a fixture that no longer fits the schema fails the test. */
export const messages: readonly Message[] = Array.from({ length: 60 }, (_, place) => toMessage(place));

function toMessage(place: number): Message {
  const row = ROWS[place % ROWS.length];
  if (row === undefined) throw new Error('no rows');
  const [name, address, subject, summaryLine, category, priority, state, language, more] = row;
  const isOld = place >= ROWS.length;
  const message: Message = {
    id: `m${String(place + 1).padStart(4, '0')}`,
    accountId: place % 3 === 2 ? 'sales' : 'support',
    batchId: place % 2 === 0 ? 'b-import' : null,
    conversationId: `c${place}`,
    subject,
    from: { name, address },
    receivedAt: ago(place * place * 2.7 + 2),
    stage: null,
    outcome: null,
    category,
    answerDue: place === 1 ? ago(-90) : null,
    confidence: 0.93 - (place % 5) * 0.08,
    summaryLine,
    needsPerson: place === 4 ? 'two reads disagree: outage (local) or complaint (model)' : null,
    language,
    automatic: 'person',
    attachmentCount: 0,
    ...more,
    priority,
    state: isOld ? 'settled' : state,
    ...(isOld ? { stage: null, outcome: 'processed' as const } : {}),
  };
  Message.parse(message);
  return message;
}
