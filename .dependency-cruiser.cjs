/**
 * The layers of the design, one rule a row. Each message says what to do instead.
 * test/unit/layers.test.ts plants a breach of every rule and expects it to fire.
 */
const NODE = { dependencyTypes: ['core'] };
const pkg = (...names) => `node_modules/(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment: 'src/domain is the vocabulary and pure rules. Move what needs a driver into the layer that owns it.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'contract-is-small',
      comment: 'src/contract crosses the Temporal boundary: only domain and define* of the SDK. Pass ids, not things.',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/(domain|contract)/', pkg('@temporalio/workflow', '@temporalio/common')] },
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
          '^src/(domain|contract)/',
          pkg('@temporalio/workflow', '@temporalio/common'),
          '^mailroom-policy$',
        ],
      },
    },
    {
      name: 'adapters-know-domain-only',
      comment:
        'src/mail, analysis, knowledge, odoo and security use domain and their own driver. Let an activity bring them together.',
      severity: 'error',
      from: { path: '^src/(mail|analysis|knowledge|odoo|security)/' },
      to: {
        path: ['^(db|activities|api|workflows)/', '^src/(contract|cli|embedded|temporal)/', '^src/[^/]+\\.ts$', pkg('@temporalio', 'drizzle-orm', 'fastify')],
      },
    },
    {
      name: 'adapters-not-each-other',
      comment: 'Adapters do not import each other. Share a type through domain, or compose them in an activity.',
      severity: 'error',
      from: { path: '^src/(mail|analysis|knowledge|odoo|security)/' },
      to: { path: '^src/(mail|analysis|knowledge|odoo|security)/', pathNot: '^src/$1/' },
    },
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
        pathNot: ['^activities/', '^src/(domain|contract)/', pkg('@temporalio/activity', '@temporalio/common')],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'activities-types-of-ports-only',
      comment: 'Activities may know the types of ports and stores, never those of the API, the CLI or the roots.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: ['^(api|workflows)/', '^src/(cli|embedded|temporal)/', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'api-is-thin',
      comment:
        'A route validates, calls, maps: fastify, zod, prom-client, @temporalio/client, domain, contract, and types of stores.',
      severity: 'error',
      from: { path: '^api/', pathNot: '^api/web/' },
      to: {
        pathNot: [
          '^api/',
          '^src/(domain|contract)/',
          pkg('fastify', '@fastify', 'fastify-type-provider-zod', 'fastify-plugin', 'zod', 'prom-client', '@temporalio/client', '@temporalio/common'),
        ],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'api-not-workers',
      comment: 'The API talks to workflows through contract and client, never to their code.',
      severity: 'error',
      from: { path: '^api/', pathNot: '^api/web/' },
      to: { path: ['^(activities|workflows)/', '^src/(mail|analysis|odoo|security|cli|embedded|temporal)/'] },
    },
    {
      name: 'web-is-a-browser',
      comment: 'api/web runs in a browser: domain types and its own packages only.',
      severity: 'error',
      from: { path: '^api/web/src/' },
      to: { path: ['^(db|activities|workflows)/', '^src/(?!domain/)'] },
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
      to: { couldNotResolve: true, pathNot: '^mailroom-policy$' },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'It is a devDependency, so a production install lacks it: move it to dependencies.',
      severity: 'error',
      from: { path: '^(src|workflows|activities|api|db)/', pathNot: ['^api/web/', '\\.d\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: pkg('@types') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^api/web/dist/', '^test/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
    moduleSystems: ['es6'],
  },
};
