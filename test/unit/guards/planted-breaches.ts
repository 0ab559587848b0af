/** For each rule of .dependency-cruiser.cjs the files that break it. `breach` is the one that must be named. */
export interface PlantedBreach {
  readonly breach: string;
  readonly content: string;
  /** What else the breach needs. */
  readonly also?: Readonly<Record<string, string>>;
}

const uses = (...targets: readonly string[]) => targets.map((target) => `import '${target}';\n`).join('');
const usesType = (target: string) => `import type { T } from '${target}';\nexport type U = T;\n`;
const plain = 'export type T = string;\nexport const value = 1;\n';

export const PLANTED_BREACHES: Readonly<Record<string, PlantedBreach>> = {
  'domain-imports-nothing': { breach: 'src/domain/reads-files.ts', content: uses('node:fs') },
  'contract-is-small': { breach: 'src/contract/validates.ts', content: uses('zod') },
  'workflows-are-pure': {
    breach: 'workflows/knows-activity-types.ts',
    content: usesType('../activities/dependencies.ts'),
  },
  'nobody-imports-workflows': {
    breach: 'src/start-by-function.ts',
    content: uses('../workflows/index.ts'),
  },
  'adapters-know-domain-only': { breach: 'src/mail/stores.ts', content: uses('../../db/store.ts') },
  'adapters-not-each-other': { breach: 'src/mail/tells-odoo.ts', content: usesType('../odoo/odoo.ts') },
  'drivers-of-mail-stay-home': { breach: 'src/knowledge/reads-imap.ts', content: uses('imapflow') },
  'drivers-of-analysis-stay-home': { breach: 'src/odoo/asks-model.ts', content: uses('@anthropic-ai/sdk') },
  'drivers-of-threads-stay-home': { breach: 'src/knowledge/starts-threads.ts', content: uses('piscina') },
  'drivers-of-odoo-stay-home': { breach: 'src/calls-odoo.ts', content: uses('xmlrpc') },
  'drivers-of-security-stay-home': { breach: 'src/signs-in.ts', content: uses('openid-client') },
  'drivers-of-db-stay-home': { breach: 'src/analysis/queries.ts', content: uses('drizzle-orm') },
  'drivers-of-api-stay-home': { breach: 'src/embedded/serves.ts', content: uses('fastify') },
  'drivers-of-cli-stay-home': { breach: 'src/temporal/prints.ts', content: uses('cli-table3') },
  'drivers-of-web-stay-home': { breach: 'api/routes/renders.ts', content: uses('react') },
  'db-knows-domain-only': { breach: 'db/knows-contract.ts', content: uses('../src/contract/queues.ts') },
  'activities-import-values-of-domain-only': {
    breach: 'activities/opens-mailbox.ts',
    content: uses('../src/mail/mailbox.ts'),
  },
  'activities-types-of-ports-only': {
    breach: 'activities/knows-config.ts',
    content: usesType('../src/config.ts'),
  },
  'api-is-thin': { breach: 'api/routes/queries.ts', content: uses('../../db/store.ts') },
  'api-types-of-stores-only': {
    breach: 'api/routes/knows-mailbox.ts',
    content: usesType('../../src/mail/mailbox.ts'),
  },
  'web-is-a-browser': { breach: 'api/web/src/reads-files.ts', content: uses('node:fs') },
  'web-types-of-the-api-only': {
    breach: 'api/web/src/knows-stores.ts',
    content: usesType('../../../db/store.ts'),
  },
  'production-not-tests': {
    breach: 'src/fakes.ts',
    content: uses('../test/support/fake.ts'),
    also: { 'test/support/fake.ts': plain },
  },
  'no-dead-files': { breach: 'src/forgotten.ts', content: plain },
  'no-cycles': {
    breach: 'src/embedded/circle-a.ts',
    content: uses('./circle-b.ts'),
    also: { 'src/embedded/circle-b.ts': uses('./circle-a.ts') },
  },
  'no-unresolved': { breach: 'src/cli/lost.ts', content: uses('./nowhere.ts') },
  'no-dev-packages-in-production': { breach: 'src/cli/tests.ts', content: uses('vitest') },
  'no-undeclared-packages': { breach: 'src/cli/borrows.ts', content: uses('stray-package') },
};

/** What each layer may do: none of it may be taken for a breach. */
export const CLEAN_TREE: Readonly<Record<string, string>> = {
  'src/worker.ts': uses(
    './config.ts',
    './create-activity-dependencies.ts',
    '../activities/create-activities.ts',
    '@temporalio/worker',
  ),
  'src/server.ts': uses('./config.ts', '../api/app.ts', 'pino'),
  'src/cli/main.ts': uses('../config.ts', '../embedded/start.ts', 'commander'),
  'src/embedded/start.ts': uses('node:child_process', 'postgres'),
  'src/config.ts': plain,
  'src/create-activity-dependencies.ts': uses(
    './mail/mailbox.ts',
    './odoo/odoo.ts',
    './analysis/engine.ts',
    '../db/store.ts',
    'drizzle-orm',
  ),
  'src/domain/message.ts': uses('./priority.ts'),
  'src/domain/priority.ts': plain,
  'src/contract/queues.ts': uses('../domain/message.ts', '@temporalio/workflow') + plain,
  'src/mail/mailbox.ts': usesType('../domain/priority.ts') + uses('imapflow', 'node:net'),
  'src/odoo/odoo.ts': uses('xmlrpc') + plain,
  'src/analysis/engine.ts': uses('@anthropic-ai/sdk', 'zod') + plain,
  'db/store.ts': uses('drizzle-orm', 'postgres', 'node:path', '../src/domain/message.ts') + plain,
  'activities/create-activities.ts': uses('./dependencies.ts', '@temporalio/activity'),
  'activities/dependencies.ts': ['../src/mail/mailbox.ts', '../db/store.ts'].map(usesType).join('') + plain,
  'workflows/index.ts': uses('../src/contract/queues.ts', '@temporalio/workflow', 'mailroom-policy'),
  'api/app.ts':
    uses('fastify', 'zod', './schemas/message.ts', '../src/contract/queues.ts') + usesType('../db/store.ts'),
  'api/schemas/message.ts': uses('zod') + plain,
  'api/web/src/main.tsx': uses('react', './shapes.ts'),
  'api/web/src/shapes.ts': usesType('../../schemas/message.ts') + uses('../../../src/domain/priority.ts'),
  'test/unit/odoo.test.ts': uses('vitest', '../../src/odoo/odoo.ts'),
};
