/**
 * The layers of the design. Each comment says what to do instead. test/unit/guards/layers.test.ts plants a breach of
 * every rule and expects it to fire: a new rule needs a breach there.
 */
const pkg = (...names) => `node_modules/(${names.join('|')})(/|$)`;
const ADAPTERS = '^src/(mail|analysis|knowledge|odoo|security)/';
const PURE = '^src/(domain|contract)/';
const OUR_CODE = '^(src|workflows|activities|api|db)/';
const WEB = '^api/web/';
/** What is started by itself; everything else is there because one of these needs it. */
const PROGRAMS = '^(src/(worker|server|cli/(start|main))\\.ts|workflows/index\\.ts|api/web/src/main\\.tsx)$';

/** Where a package is at home. Elsewhere it is reached through the port of that home; roots may compose. */
const DRIVERS = {
  mail: {
    home: '^src/mail/',
    packages: [
      'imapflow',
      'nodemailer',
      'postal-mime',
      'sanitize-html',
      'html-to-text',
      'libphonenumber-js',
      'stdnum',
      'eld',
      'ical.js',
      '@microsoft/microsoft-graph-client',
      '@googleapis',
      'chokidar',
      'csv-parse',
      'jose',
    ],
  },
  analysis: {
    home: '^src/analysis/',
    packages: ['@anthropic-ai', '@mistralai', 'ollama', 'ioredis', '@huggingface', 'protobufjs'],
  },
  threads: { home: '^src/(mail|analysis)/', packages: ['piscina'] },
  odoo: { home: '^src/odoo/', packages: ['xmlrpc'] },
  security: { home: '^src/security/', packages: ['openid-client'] },
  db: { home: '^(db/|src/mail/sql/|src/embedded/|src/[^/]+\\.ts$)', packages: ['drizzle-orm', 'postgres'] },
  api: {
    home: '^(api/|src/[^/]+\\.ts$)',
    packages: ['fastify', '@fastify', 'fastify-type-provider-zod', 'prom-client'],
  },
  cli: { home: '^src/cli/', packages: ['commander', 'cli-progress', 'cli-table3'] },
  web: { home: WEB, packages: ['react', 'react-dom', 'react-router', '@tanstack'] },
};

const driverRules = Object.entries(DRIVERS).map(([layer, { home, packages }]) => ({
  name: `drivers-of-${layer}-stay-home`,
  comment: `${packages.join(', ')}: used by ${layer} alone. Take what you need as a port, from the layer that owns it.`,
  severity: 'error',
  from: { path: OUR_CODE, pathNot: home },
  to: { path: pkg(...packages) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment:
        'src/domain is the vocabulary and pure rules. Move what needs a driver into the layer that owns it.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'contract-is-small',
      comment:
        'src/contract crosses the Temporal boundary: only domain and define* of the SDK. Pass ids, not things.',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: [PURE, pkg('@temporalio/workflow', '@temporalio/common')] },
    },
    {
      name: 'workflows-are-pure',
      comment:
        'Workflows use @temporalio/workflow, domain and contract only. Put the effect into an activity and call it by name.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        pathNot: [
          '^workflows/',
          PURE,
          pkg('@temporalio/workflow', '@temporalio/common'),
          '^mailroom-policy$',
        ],
      },
    },
    {
      name: 'nobody-imports-workflows',
      comment:
        'Workflows run in a sandbox and are started by name. Share their inputs, signals and ids through src/contract.',
      severity: 'error',
      from: { path: OUR_CODE, pathNot: '^workflows/' },
      to: { path: '^workflows/' },
    },
    {
      name: 'adapters-know-domain-only',
      comment:
        'src/mail, analysis, knowledge, odoo and security use domain and their own driver. Let an activity bring them together.',
      severity: 'error',
      from: { path: ADAPTERS },
      to: {
        path: [
          '^(db|activities|api)/',
          '^src/(contract|cli|embedded|models|temporal)/',
          '^src/[^/]+\\.ts$',
          pkg('@temporalio'),
        ],
      },
    },
    {
      name: 'adapters-not-each-other',
      comment:
        'Adapters do not import each other. Share a type through domain, or compose them in an activity.',
      severity: 'error',
      from: { path: ADAPTERS },
      to: { path: ADAPTERS, pathNot: '^src/$1/' },
    },
    ...driverRules,
    {
      name: 'db-knows-domain-only',
      comment: 'db uses domain, drizzle-orm and postgres. Translate in the activity or the route.',
      severity: 'error',
      from: { path: '^db/' },
      to: { pathNot: ['^db/', '^src/domain/', pkg('drizzle-orm', 'postgres')], dependencyTypesNot: ['core'] },
    },
    {
      name: 'activities-import-values-of-domain-only',
      comment:
        'Activities take adapters and stores as dependencies: import their types with `import type`, values only from domain and contract.',
      severity: 'error',
      from: { path: '^activities/' },
      to: {
        pathNot: ['^activities/', PURE, pkg('@temporalio/activity', '@temporalio/common')],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'activities-types-of-ports-only',
      comment:
        'Activities may know the types of ports and stores, never those of the API, the CLI or the roots.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: ['^api/', '^src/(cli|embedded|temporal)/', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'api-is-thin',
      comment:
        'A route validates, calls, maps: fastify, zod, prom-client, @temporalio/client, domain, contract, and types of stores.',
      severity: 'error',
      from: { path: '^api/', pathNot: WEB },
      to: {
        pathNot: [
          '^api/(?!web/)',
          PURE,
          pkg(
            'fastify',
            '@fastify',
            'fastify-type-provider-zod',
            'zod',
            'prom-client',
            '@temporalio/client',
            '@temporalio/common',
          ),
        ],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'api-types-of-stores-only',
      comment: 'The API talks to workflows through contract and client, and to adapters not at all.',
      severity: 'error',
      from: { path: '^api/', pathNot: WEB },
      to: { path: ['^activities/', ADAPTERS, '^src/(cli|embedded|temporal)/', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'web-is-a-browser',
      comment:
        'api/web/src runs in a browser: its own files and packages, and the domain, which is pure. Take shapes from api/schemas with `import type`.',
      severity: 'error',
      from: { path: '^api/web/src/' },
      to: { pathNot: [WEB, '^src/domain/', 'node_modules/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-types-of-the-api-only',
      comment: 'The page knows the shapes of the API and the words of the domain, not what lies behind them.',
      severity: 'error',
      from: { path: '^api/web/src/' },
      to: { path: OUR_CODE, pathNot: [WEB, '^api/schemas/', '^src/domain/'] },
    },
    {
      name: 'production-not-tests',
      comment: 'Nothing that ships may need test/: a production image lacks it. Move what both use into src.',
      severity: 'error',
      from: { path: OUR_CODE },
      to: { path: '^test/' },
    },
    {
      name: 'no-dead-files',
      comment: 'No process and no workflow reaches this file (tests do not count): delete it.',
      severity: 'error',
      from: { path: PROGRAMS },
      to: { path: OUR_CODE, pathNot: [PROGRAMS, '^api/web/vite', '\\.(d\\.ts|mjs)$'], reachable: false },
    },
    {
      name: 'no-cycles',
      comment: 'Break the circle: move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'The import leads nowhere: mend the path or add the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^mailroom-policy$', '^@microsoft/microsoft-graph-types$'] },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'It is a devDependency, so a production install lacks it: move it to dependencies.',
      severity: 'error',
      from: { path: OUR_CODE, pathNot: [WEB, '\\.d\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: pkg('@types') },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'It is there only because another package needs it: add it to package.json.',
      severity: 'error',
      from: { path: OUR_CODE },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^api/web/dist/', '^test/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    moduleSystems: ['es6'],
  },
};
