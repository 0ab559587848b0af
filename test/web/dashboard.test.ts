import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeUnless } from '../support/describe-unless.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { findChromium } from './find-chromium.ts';
import { openBrowser, openPage } from './open-browser.ts';

const root = join(import.meta.dirname, '../../api/web');
const dist = join(root, 'dist');
const chromium = findChromium(process.env);
const obstacle =
  chromium === undefined ? 'no Chromium: install it, or say where it is with CHROMIUM_PATH' : undefined;

describeUnless(obstacle, 'the web page', () => {
  let server: FakeServer;
  let browser: Browser;
  const opened: (() => Promise<void>)[] = [];
  let shots: string;

  beforeAll(async () => {
    if (!existsSync(join(dist, 'index.html'))) await build({ root, logLevel: 'error' });
    server = await startFakeServer(dist);
    opened.push(() => server.close());
    browser = await openBrowser(chromium ?? '');
    opened.push(() => browser.close());
    shots = await mkdtemp(join(tmpdir(), 'mailroom-web-'));
    console.info(`screenshots: ${shots}`);
  });

  afterAll(async () => {
    for (const close of opened.reverse()) await close();
  });

  it('leads from the overview to a message and approves its draft', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.getByRole('progressbar', { name: 'Progress of archive/2024.mbox' }).waitFor();
    await page.getByText('msg/s').first().waitFor();
    await page.screenshot({ path: join(shots, 'overview.png') });

    await page.getByRole('link', { name: /^Outage/ }).click();
    expect(new URL(page.url()).search).toBe('?category=outage');
    const label = page.getByRole('combobox', { name: 'Label' });
    await label.selectOption('meeting');
    await page.locator('[data-id="m0001"]').waitFor({ state: 'detached' });
    await label.selectOption('complaint');
    expect(new URL(page.url()).search).toBe('?category=outage&label=complaint');
    await page
      .getByRole('link', { name: /FLEET PORTAL DOWN/ })
      .first()
      .click();
    expect(new URL(page.url()).pathname).toBe('/messages/m0001');

    await page.getByRole('heading', { level: 1, name: /FLEET PORTAL DOWN/ }).waitFor();
    await page.getByText('"portal down" in the subject').waitFor();
    await page.getByText('local 1.0.0').waitFor();
    await page.getByText('DMARC passed for solent.example').waitFor();
    await page.getByRole('button', { name: /HTTP 503 on login/ }).click();
    expect(await page.locator('.body-lit').textContent()).toMatch(/^HTTP 503 on login.*boats\.$/);
    expect(await page.locator('.body-signature').textContent()).toBe('Duty Officer\nSolent Crew Boats');
    await page.screenshot({ path: join(shots, 'message.png') });

    await page.getByRole('button', { name: 'Approve and send' }).click();
    await page.getByText('250 2.0.0 Ok: queued as 4F2A1').waitFor();
    await page.getByText('Approved: the reply is being sent').waitFor();
    expect(server.writes).toContain('POST /api/drafts/d-m0001/approve');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows at a reply that it came back, and at the report for whom, why and which reply it was', async () => {
    const { page, faults } = await openPage(browser, { colorScheme: 'dark' });
    await page.goto(`${server.url}/messages/m0004`);
    await page.getByRole('heading', { name: 'Our reply came back' }).waitFor();
    await page.getByRole('link', { name: 'the report' }).click();
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor();
    const rows = await page.locator('.bounce').allTextContents();
    expect(rows).toEqual([
      'info@old-harbour.exampleHardthere is no such mailbox 5.1.1',
      'sales@old-harbour.exampleSoftthe mailbox is full 5.2.2',
    ]);
    await page.getByRole('link', { name: 'Re: Commande de 12 balises AIS' }).click();
    await page.waitForURL('**/messages/m0004');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows what speaks against a mail, an invitation, and what a mail claims to be', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${server.url}/messages/m0009`);
    await page.getByRole('heading', { name: 'Dangerous mail' }).waitFor();
    expect(await page.locator('.symbol').first().textContent()).toBe(
      'asks to confirm a passwordCREDENTIAL_WORDING+3.5',
    );
    await page.getByText('Not read whole').waitFor();
    await page.goto(`${server.url}/messages/m0012`);
    await page.getByText('Thu, 12 Mar 2026, 09:30 – 11:00').waitFor();
    await page.getByText('S/MIME signed').waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows the HTML of a message without loading or running anything of it', async () => {
    const { page, faults } = await openPage(browser, { colorScheme: 'dark' });
    await page.goto(`${server.url}/messages/m0002`);
    await page.getByRole('button', { name: 'HTML' }).click();
    const frame = page.frameLocator('iframe[title="Message as HTML"]');
    await frame.getByText('Solent Runner').waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await frame.locator('img, script, [onclick], [style]').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('is worked by keyboard', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 1200, height: 800 } });
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page
      .getByRole('link', { name: /Ana Beltrán/ })
      .first()
      .waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/messages/m0002');
    await page.keyboard.press('j');
    await page.waitForURL('**/messages/m0003');
    await page.getByRole('button', { name: 'Approve and send' }).waitFor();
    await page.keyboard.press('a');
    expect(await page.locator(':focus').textContent()).toBe('Approve and send');
    await page.keyboard.press('u');
    await page.waitForURL('**/messages');
    await page.keyboard.press('/');
    await page.keyboard.type('radios');
    await page.waitForURL('**/messages?q=radios');
    await page
      .getByRole('link', { name: /Quote for 30 handheld VHF radios/ })
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it('takes a key for itself only without the first key of a pair', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.url}/messages/m0006`);
    await page.getByRole('button', { name: 'Approve and send' }).waitFor();
    await page.keyboard.press('a');
    expect(await page.locator(':focus').textContent()).toBe('Approve and send');
    expect(new URL(page.url()).pathname).toBe('/messages/m0006');
    await page.close();
  });

  it('asks before it retries all of the quarantine', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${server.url}/quarantine`);
    await page.getByText('Odoo did not answer within 30 s').waitFor();
    await page.getByRole('button', { name: 'Retry all' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retry all?' });
    expect(server.writes).not.toContain('POST /api/quarantine/retry');
    await dialog.getByRole('button', { name: 'Retry all' }).click();
    await page.getByText('3 messages are tried again').waitFor();
    expect(server.writes).toContain('POST /api/quarantine/retry');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('fits a phone on every page', async () => {
    const { page, faults } = await openPage(browser, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    });
    const widths: Record<string, unknown> = {};
    for (const path of [
      '/',
      '/messages',
      '/messages/m0001',
      '/quarantine',
      '/batches',
      '/accounts',
      '/system',
    ]) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      widths[path] = await page.evaluate('document.documentElement.scrollWidth');
      await page.screenshot({ path: join(shots, `phone${path.replaceAll('/', '-')}.png`) });
    }
    expect(Object.values(widths)).toEqual(Object.keys(widths).map(() => 360));
    expect(faults).toEqual([]);
    await page.close();
  });

  it('asks for the API key, says that a wrong one was refused, and sends the right one', async () => {
    const locked = await startFakeServer(dist, 'let-me-in');
    const { page } = await openPage(browser);
    await page.goto(`${locked.url}/batches`);
    await page.getByLabel('API key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server did not accept that key').waitFor();
    await page.getByLabel('API key').fill('let-me-in');
    await page.getByRole('button', { name: 'Open Mailroom' }).click();
    await page.getByRole('heading', { name: 'Batches' }).waitFor();
    await page.getByRole('article', { name: 'Batch archive/2024.mbox' }).waitFor();
    await page.close();
    await locked.close();
  });

  it('keeps what it shows and says so while the server is away', async () => {
    const passing = await startFakeServer(dist);
    const { page } = await openPage(browser);
    await page.goto(`${passing.url}/accounts`);
    await page.getByText('support@harborline.example').waitFor();
    await passing.close();
    await page.getByText('The server does not answer').waitFor();
    expect(await page.getByText('support@harborline.example').isVisible()).toBe(true);
    await page.close();
  });
});
