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
      'DeskTold to wait',
      'OrdersBehind',
      'SupportProcessing',
      'ArchiveUp to date',
    ]);
    const sales = page.getByRole('article', { name: 'Sales' });
    await sales.getByText('The server refused the password of "sales"').first().waitFor();
    await sales.getByText('npm run mailroom -- account resume sales').waitFor();
    await sales.getByText('2 unaccounted for').waitFor();
    await page.getByRole('article', { name: 'Desk' }).getByText('Waiting until 14:05 UTC').waitFor();
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

  it('shows where every message went, with what nobody can account for first', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${server.url}/accounts`);
    await page.getByRole('article', { name: 'Orders' }).getByRole('button', { name: 'Audit now' }).click();
    await page.getByText('Orders is being audited').waitFor();
    expect(server.writes.at(-1)).toBe('POST /api/accounts/orders/audit');

    await page.getByRole('article', { name: 'Sales' }).getByRole('button', { name: 'Ledger' }).click();
    const dialog = page.getByRole('dialog', { name: 'Where the mail of Sales went' });
    await dialog.getByRole('alert').getByText('2 unaccounted for').waitFor();
    const rows = dialog.locator('tbody tr');
    await dialog.getByText('INBOX/4711').waitFor();
    expect(await rows.count()).toBe(2);
    await page.screenshot({ path: join(shots, 'ledger.png') });
    const fates = await dialog.locator('.audit-fate').allTextContents();
    expect(fates.slice(0, 4)).toEqual(['Unaccounted for 2', 'Quarantined 3', 'Under way 3', 'Left alone 52']);

    await dialog.getByRole('button', { name: /^Left alone/ }).click();
    await dialog.getByText('older than the look-back of 30 days').first().waitFor();
    expect(await rows.count()).toBe(50);
    await dialog.getByRole('button', { name: 'Load more' }).click();
    await dialog.getByText('INBOX/5051').waitFor();
    expect(await rows.count()).toBe(52);

    await dialog.getByRole('button', { name: /^Quarantined/ }).click();
    await dialog.getByText('Odoo did not answer within 30 s').waitFor();
    await dialog.getByRole('link', { name: 'INBOX/4802' }).click();
    await page.waitForURL('**/messages/m0004');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('says why the last audit did not come to its end, beside what the one before it found', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${server.url}/accounts`);
    await page.getByRole('article', { name: 'Support' }).getByRole('button', { name: 'Ledger' }).click();
    const dialog = page.getByRole('dialog', { name: 'Where the mail of Support went' });
    await dialog.getByText('The last audit did not come to its end').waitFor();
    await dialog.getByText('imap.harborline.example cannot be reached').waitFor();
    await dialog.getByRole('button', { name: /^Unaccounted for 0/ }).waitFor();
    expect(await dialog.locator('.audit-alarm').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Audit now' }).click();
    await expect.poll(() => server.writes.at(-1)).toBe('POST /api/accounts/support/audit');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('leads to the sign-in of the provider', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${server.url}/accounts`);
    const orders = page.getByRole('article', { name: 'Orders' });
    await orders.getByRole('button', { name: 'Sign in' }).click();
    const link = orders.getByRole('link', { name: 'Go to the provider' });
    expect(await link.getAttribute('href')).toContain('https://accounts.google.com/');
    expect(server.writes.at(-1)).toBe('POST /api/accounts/orders/oauth/start');
    expect(await page.getByRole('article', { name: 'Sales' }).getByText('Sign in').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('changes of the settings only what was changed', async () => {
    const { page, faults } = await openPage(browser, {
      viewport: { width: 1000, height: 1100 },
      colorScheme: 'dark',
    });
    await page.goto(`${server.url}/accounts`);
    const sales = page.getByRole('article', { name: 'Sales' });
    const dialog = page.getByRole('dialog', { name: 'Settings of Sales' });
    await sales.getByRole('button', { name: 'Settings' }).click();
    expect(await dialog.getByLabel('Folders').inputValue()).toBe('INBOX\nArchive');
    await dialog.getByLabel('Seconds between two pulls').fill('600');
    await dialog.getByLabel('Folders').fill('INBOX\nOrders');
    await dialog.getByLabel('Messages a day').fill('2000');
    await dialog.getByLabel('Mark it read').check();
    await dialog.getByLabel('Be told of new mail').uncheck();
    await page.screenshot({ path: join(shots, 'settings.png') });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Sales is changed').waitFor();
    const change = {
      pullEverySeconds: 600,
      push: false,
      folders: ['INBOX', 'Orders'],
      writeBack: { seen: true, label: null, folder: null },
      limits: { messagesPerDay: 2000 },
    };
    expect(server.writes.at(-1)).toBe(`PATCH /api/accounts/sales ${JSON.stringify(change)}`);

    const before = server.writes.length;
    await sales.getByRole('button', { name: 'Settings' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(server.writes.length).toBe(before);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('deletes the mail of an account only after its id was typed', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${server.url}/accounts`);
    await page.getByRole('article', { name: 'Sales' }).getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Sales?' });
    await dialog.getByLabel('Delete all of its mail').check();
    const go = dialog.getByRole('button', { name: 'Delete the account and its mail' });
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('sale');
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('sales');
    await page.screenshot({ path: join(shots, 'remove.png') });
    await go.click();
    await page.getByText('its mail is being deleted').waitFor();
    expect(server.writes.at(-1)).toBe('DELETE /api/accounts/sales?data=delete&confirm=sales');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('keeps its dialogs within a phone', async () => {
    const { page, faults } = await openPage(browser, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      colorScheme: 'dark',
    });
    await page.goto(`${server.url}/accounts`);
    const sales = page.getByRole('article', { name: 'Sales' });
    for (const name of ['Ledger', 'Settings', 'Remove']) {
      await sales.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.skeleton').first().waitFor({ state: 'detached' });
      await page.screenshot({ path: join(shots, `phone-${name}.png`) });
      const [inner, outer] = await dialog.evaluate((node) => [node.scrollWidth, node.clientWidth]);
      expect(inner, name).toBe(outer);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});
