import { type Browser, chromium, type Page } from 'playwright-core';

const FLAGS = [
  // Root has no user namespaces of its own to sandbox in.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export interface WatchedPage {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, and requests that would leave this machine. */
  readonly faults: readonly string[];
}

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

export async function openPage(
  browser: Browser,
  options: NonNullable<Parameters<Browser['newPage']>[0]> = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB', ...options });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && hostname !== '127.0.0.1') faults.push(request.url());
  });
  return { page, faults };
}
