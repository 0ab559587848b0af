import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from '../../../src/domain/is-loopback-host.ts';
import { findRetryAfter } from '../../../src/mail/smtp/find-retry-after.ts';
import { maskResponse } from '../../../src/mail/smtp/mask-response.ts';
import { judgeRecipients, toSendResult } from '../../../src/mail/smtp/to-send-result.ts';

const PROGRESS = ['connecting', 'envelope', 'body', 'dot'] as const;
const answer = (responseCode: number, response = `${responseCode} text`) => ({
  message: 'm',
  responseCode,
  response,
});

describe('toSendResult', () => {
  it.each(PROGRESS)('takes an answer at its word at "%s"', (progress) => {
    expect(toSendResult(answer(550), progress)).toEqual({ kind: 'refused', code: 550, response: '550 text' });
    expect(toSendResult(answer(452), progress)).toMatchObject({ kind: 'deferred', reason: '452 text' });
  });

  it('calls only a break after the final dot unknown', () => {
    const broken = {
      message: 'read ECONNRESET',
      code: 'ESOCKET',
      originalCode: 'ECONNRESET',
      command: 'CONN',
    };
    expect(PROGRESS.map((progress) => toSendResult(broken, progress).kind)).toEqual([
      'deferred',
      'deferred',
      'deferred',
      'unknown',
    ]);
  });

  it('calls an answer that means nothing after the final dot unknown', () => {
    expect(toSendResult(answer(354), 'dot').kind).toBe('unknown');
  });

  it('never refuses a message for trouble with TLS', () => {
    expect(toSendResult({ ...answer(502), code: 'ETLS', command: 'STARTTLS' }, 'connecting').kind).toBe(
      'deferred',
    );
  });
});

describe('judgeRecipients', () => {
  it('has nothing to say when all were taken', () => {
    expect(judgeRecipients([], 3)).toBeUndefined();
  });

  it('lets a refusal for good outweigh one for now', () => {
    expect(judgeRecipients([answer(450), answer(551)], 3)).toMatchObject({
      kind: 'refused',
      code: 551,
      response: '2 of 3 recipients refused: 551 text',
    });
    expect(judgeRecipients([answer(450)], 1)).toMatchObject({ kind: 'deferred' });
  });
});

describe('findRetryAfter', () => {
  it.each([
    [451, '4.7.1 Greylisted, try again in 90 seconds', 90_000],
    [450, '4.2.0 Recipient address rejected: Greylisted', 300_000],
    [451, 'Please try again later', 300_000],
    [451, 'Graylisting in effect, retry in 00:04:59', 299_000],
    [450, 'try again in 7 minutes', 420_000],
    [451, 'retry in 48 hours', 3_600_000],
    [451, 'greylisted for 1s', 10_000],
    [451, 'Local error in processing', undefined],
    [452, 'Insufficient storage, try again later', undefined],
    [421, 'try again in 5 minutes', undefined],
  ])('%i %s: %s ms', (code, text, expected) => {
    expect(findRetryAfter(code, text)).toBe(expected);
  });
});

describe('maskResponse', () => {
  it('keeps addresses, line ends and length out', () => {
    expect(maskResponse('550-5.1.1 <ann@customer.example>:\r\n550 bob@x.example unknown')).toBe(
      '550-5.1.1 <address>: 550 <address> unknown',
    );
    expect(maskResponse('x'.repeat(10_000))).toHaveLength(300);
    expect(maskResponse('a@'.repeat(10_000))).not.toContain('a@');
  });
});

it('knows loopback hosts from the rest', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', 'LOCALHOST'].every(isLoopbackHost)).toBe(
    true,
  );
  const others = ['0.0.0.0', '127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', '::', '', '127.1'];
  expect(others.some(isLoopbackHost)).toBe(false);
});
