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

describeUnless(obstacle, 'the page of the accounts', () => {
  let server: FakeServer;
  let browser: Browser;
  let shots: string;

  beforeAll(async () => {
    if (!existsSync(join(dist, 'index.html'))) await build({ root, logLevel: 'error' });
    server = await startFakeServer(dist);
    browser = await openBrowser(chromium ?? '');
    shots = await mkdtemp(join(tmpdir(), 'mailroom-web-'));
    console.info(`screenshots: ${shots}`);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it('says of each mailbox whether its mail is processed, what is wrong and what to do', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
    await page.goto(`${server.url}/accounts`);
    const cards = page.getByRole('article');
    await cards.first().waitFor();
    // Those that want somebody come first.
    expect(await cards.getByRole('heading').allTextContents()).toEqual([
      'SalesPaused',
      'OrdersBehind',
      'SupportProcessing',
      'ArchiveUp to date',
    ]);
    const sales = page.getByRole('article', { name: 'Sales' });
    await sales.getByText('The server refused the password of "sales"').first().waitFor();
    await sales.getByText('npm run mailroom -- account resume sales').waitFor();
    await sales.getByText('2 unaccounted for').waitFor();
    const orders = page.getByRole('article', { name: 'Orders' });
    await orders.getByText('4,211 of 5,000').waitFor();
    await orders.getByText('none unaccounted for').waitFor();
    await page.screenshot({ path: join(shots, 'accounts.png'), fullPage: true });

    await page.getByRole('article', { name: 'Support' }).getByRole('button', { name: 'Pull now' }).click();
    await page.getByText('Support is being pulled').waitFor();
    await orders.getByRole('button', { name: 'Test' }).click();
    await orders.getByText('INBOX: 120 messages').waitFor();
    await sales.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the account' }).click();
    await page.getByText('Sales is read no more').waitFor();
    expect(server.writes).toEqual([
      'POST /api/accounts/support/pull',
      'POST /api/accounts/orders/test',
      'DELETE /api/accounts/sales',
    ]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('adds a mailbox of any kind with the fields that it needs', async () => {
    const { page, faults } = await openPage(browser, {
      viewport: { width: 1000, height: 900 },
      colorScheme: 'dark',
    });
    await page.goto(`${server.url}/accounts`);
    await page.getByRole('button', { name: 'Add account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByLabel('Server').waitFor();
    await dialog.getByLabel('What is read').selectOption('graph');
    await dialog.getByLabel('Tenant').waitFor();
    expect(await dialog.getByLabel('Server').count()).toBe(0);
    await dialog.getByLabel('Id', { exact: false }).first().fill('desk');
    await dialog.getByLabel('Name').fill('Desk');
    await dialog.getByLabel('Address').fill('desk@harborline.example');
    await dialog.getByLabel('Client id').fill('1234');
    await page.screenshot({ path: join(shots, 'add-account.png') });
    await dialog.getByRole('button', { name: 'Add the account' }).click();
    await page.getByText('Desk is added; sign in to it now').waitFor();
    expect(server.writes.at(-1)).toBe('POST /api/accounts');
    expect(faults).toEqual([]);
    await page.close();
  });
});
