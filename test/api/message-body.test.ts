import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageView } from '../../src/domain/message.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';
import { seedMail } from './support/seed-mail.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

async function show(subject: string, view: Partial<MessageView>) {
  const [id] = await seedMail(api, [{ subject, view }]);
  const answer = await api.app.inject({ url: `/api/messages/${id}` });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

test('shows what was told apart in the text', async () => {
  const forwardedFrom = { name: 'Bo', address: 'bo@example.com', subject: 'Pumps' };
  const detail = await show('Handed on', { signature: 'Ada', forwardedFrom, inlineAnswers: true });
  expect(detail).toMatchObject({ inlineAnswers: true, body: { signature: 'Ada', forwardedFrom } });
  const plain = await show('Plain', {});
  expect(plain.body).toMatchObject({ signature: null, forwardedFrom: null });
  expect(plain.body.automatic).toEqual({ kind: 'person', reasons: [], bounce: null, feedback: null });
});

test('shows whom a report names and why, and of which reply only when it is one of ours', async () => {
  const recipient = {
    address: 'bo@example.com',
    status: '5.2.2',
    reason: 'mailboxfull',
    hard: false,
  } as const;
  const bounce = { recipients: [recipient], originalMessageId: undefined };
  const { body } = await show('Undelivered', { automatic: { kind: 'bounce', reasons: [], bounce } });
  expect(body.automatic.bounce).toEqual({ recipients: [recipient], originalMessageId: null, reply: null });
});

test('shows a complaint, marks of protection, and that a limit was met', async () => {
  const feedback = { type: 'abuse', originalRecipient: undefined, originalMessageId: 'a@example.org' };
  const { body } = await show('Complaint', {
    automatic: { kind: 'notification', reasons: [], feedback },
    protection: ['smime-signed', 'pgp-encrypted'],
    incomplete: true,
  });
  expect(body.automatic.feedback).toEqual({ ...feedback, originalRecipient: null });
  expect(body).toMatchObject({ protection: ['smime-signed', 'pgp-encrypted'], incomplete: true });
});
