import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

interface Operation {
  readonly tags?: string[];
  readonly summary?: string;
  readonly responses: Record<string, unknown>;
}

let api: TestApi;
let paths: Record<string, Record<string, Operation>>;
let document: { components: { schemas: Record<string, unknown> }; tags: { name: string }[] };

beforeAll(async () => {
  api = await openTestApi();
  document = (await api.app.inject({ url: '/docs/json' })).json();
  paths = (document as unknown as { paths: typeof paths }).paths;
});
afterAll(() => api.close());

/** From Fastify's own tree: a child's line is indented by four more and holds what follows its parent's path. */
function listRoutes(): string[] {
  const parents: string[] = [];
  return api.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', methods = ''] =
        /^(.*)[└├]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
      const depth = indent.length / 4;
      const url = (parents[depth - 1] ?? '') + segment;
      parents[depth] = url;
      const shown = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
      return shown.map((method) => `${method} ${url}`);
    });
}

test('every route is described', () => {
  const routes = listRoutes().filter((route) => /^[A-Z]+ \/(api|health|metrics)[^*]*$/.test(route));
  const described = Object.entries(paths).flatMap(([url, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${url.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(routes.length).toBeGreaterThanOrEqual(35);
  expect(described.sort()).toEqual(routes.sort());
});

test('every operation has a known tag, a summary and its problems', () => {
  const tags = document.tags.map((tag) => tag.name);
  for (const [url, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      expect(operation.summary, `${method} ${url}`).toBeTruthy();
      expect(tags, `${method} ${url}`).toContain(operation.tags?.[0]);
      if (url.startsWith('/api/')) expect(operation.responses, `${method} ${url}`).toHaveProperty('default');
    }
  }
});

test('every schema is used, and what is posted has an example', () => {
  const text = JSON.stringify(document);
  for (const name of Object.keys(document.components.schemas)) {
    expect(text, name).toContain(`"#/components/schemas/${name}"`);
  }
  expect(text).toContain('"examples":[{"accountId":"sales"');
});

test('the page at /docs loads its own files only', async () => {
  const page = await api.app.inject({ url: '/docs/' });
  expect(page.statusCode).toBe(200);
  for (const [, file] of page.body.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
    expect((await api.app.inject({ url: `/docs/${file}` })).statusCode, file).toBe(200);
  }
  expect(page.body).not.toMatch(/(src|href)="https?:/);
});
