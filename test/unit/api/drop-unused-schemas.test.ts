import { expect, test } from 'vitest';
import { dropUnusedSchemas } from '../../../api/plugins/drop-unused-schemas.ts';

test('keeps what an operation reaches, also by way of others and in a circle', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document = {
    paths: { '/a': { get: { responses: { 200: ref('A') } } } },
    components: {
      schemas: { A: { items: ref('B') }, B: { items: ref('A') }, C: { items: ref('A') } },
      other: 1,
    },
  };
  expect(dropUnusedSchemas(document).components).toEqual({
    schemas: { A: { items: ref('B') }, B: { items: ref('A') } },
    other: 1,
  });
});
