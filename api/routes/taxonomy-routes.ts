import { toTaxonomyAnswer } from '../answers/to-taxonomy-answer.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';
import { NewTaxonomy, Taxonomy } from '../schemas/taxonomy.ts';

/** The categories of an account: its own, or those of the house. */
export function taxonomyRoutes(
  api: ApiServer,
  { accounts, taxonomies }: Pick<ApiDependencies, 'accounts' | 'taxonomies'>,
): void {
  const shared = { tags: ['accounts'], params: IdParams, response: { 200: Taxonomy, ...problemAnswers } };
  const show = async (id: string) =>
    toTaxonomyAnswer(await taxonomies.get(id), await taxonomies.findText(id));

  api.get(
    '/accounts/:id/taxonomy',
    { schema: { ...shared, summary: 'The categories in force for an account' } },
    async (request) => {
      await accounts.get(request.params.id);
      return show(request.params.id);
    },
  );

  api.put(
    '/accounts/:id/taxonomy',
    {
      schema: {
        ...shared,
        summary: 'Give an account categories of its own; faults are named by line, and nothing is stored',
        body: NewTaxonomy,
      },
    },
    async (request) => {
      await accounts.get(request.params.id);
      await taxonomies.set(request.params.id, request.body.yaml);
      return show(request.params.id);
    },
  );

  api.delete(
    '/accounts/:id/taxonomy',
    { schema: { ...shared, summary: 'Back to the categories of the house' } },
    async (request) => {
      await accounts.get(request.params.id);
      await taxonomies.reset(request.params.id);
      return show(request.params.id);
    },
  );
}
