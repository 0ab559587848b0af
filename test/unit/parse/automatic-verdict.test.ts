import { describe, expect, it } from 'vitest';
import { read, readMail } from './support/read.ts';

describe('the automatic verdict', () => {
  it.each([
    ['person', ['Auto-Submitted: no']],
    ['person', ['X-Auto-Response-Suppress: All']],
    ['person', ['Subject: Question about my out of office settings']],
    ['auto-reply', ['Auto-Submitted: auto-replied (vacation)']],
    ['auto-reply', ['X-Autoreply: yes']],
    ['auto-reply', ['X-Autorespond: yes']],
    ['auto-reply', ['Precedence: auto_reply']],
    ['auto-reply', ['Return-Path: <>']],
    ['auto-reply', ['Subject: Automatic reply: Order']],
    ['auto-reply', ['Subject: Automatische Antwort: Bestellung']],
    ['auto-reply', ['Subject: Réponse automatique : commande']],
    ['auto-reply', ['Subject: Abwesenheitsnotiz', 'X-Auto-Response-Suppress: All']],
    ['auto-reply', ['Subject: Fuera de la oficina', 'Precedence: bulk']],
    ['notification', ['Auto-Submitted: auto-generated']],
    ['notification', ['Auto-Submitted: auto-generated', 'Precedence: bulk']],
    ['notification', ['Auto-Submitted: something-new']],
    ['list', ['List-Id: News <news.example.com>']],
    ['list', ['List-Unsubscribe: <https://example.com/u>']],
    ['list', ['Precedence: list']],
    ['list', ['Precedence: bulk']],
    ['list', ['Precedence: junk']],
    ['bounce', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']],
    ['bounce', ['X-Failed-Recipients: a@example.org']],
    ['bounce', ['Return-Path: <>', 'Subject: Undelivered Mail Returned to Sender']],
  ])('is %s for %j', async (kind, header) => {
    expect((await readMail(header, 'x')).automatic.kind).toBe(kind);
  });

  it.each([
    ['bounce', 'MAILER-DAEMON@example.com'],
    ['notification', 'postmaster@example.com'],
    ['notification', 'no-reply@example.com'],
    ['notification', 'shop.noreply+7@example.com'],
    ['notification', 'do_not_reply@example.com'],
    ['person', 'nora.eply@example.com'],
    ['person', 'norman@example.com'],
  ])('is %s from %s', async (kind, from) => {
    expect((await read(`From: ${from}\nSubject: x\n\nx`)).automatic.kind).toBe(kind);
  });

  it('takes a null return path with a mailer daemon for a bounce', async () => {
    const view = await read('Return-Path: <>\nFrom: postmaster@example.com\nSubject: Report\n\nx');
    expect(view.automatic.kind).toBe('bounce');
  });

  it('believes a postmaster who says that he answers, unless the text reports a failure', async () => {
    const header =
      'Return-Path: <>\nFrom: postmaster@example.com\nAuto-Submitted: auto-replied\nSubject: Re: Hi\n\n';
    const answer = await read(`${header}We are closed until Monday.`);
    const report = await read(`${header}Could not be delivered to: <a@example.org>`);
    expect([answer.automatic.kind, report.automatic.kind]).toEqual(['auto-reply', 'bounce']);
  });

  it('gives reasons that a person can read', async () => {
    const view = await readMail(['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'], 'x');
    expect(view.automatic.reasons).toEqual(['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All']);
    expect((await readMail([], 'x')).automatic).toEqual({ kind: 'person', reasons: [] });
  });
});
