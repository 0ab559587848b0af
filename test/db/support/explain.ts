import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../../../db/schema/index.ts';
import { createStores } from '../../../src/create-stores.ts';

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Runs what a store does and answers the plans of its statements, with the parameters it really sent. */
export async function openExplainer(url: string) {
  const seen: { query: string; parameters: unknown[] }[] = [];
  const sql = postgres(url, {
    max: 1,
    debug: (_connection, query, parameters) => void seen.push({ query, parameters }),
  });
  const stores = createStores(drizzle(sql, { schema }));
  return {
    async explain(work: (each: typeof stores) => Promise<unknown>): Promise<PlanNode[]> {
      seen.length = 0;
      await work(stores);
      const nodes: PlanNode[] = [];
      for (const { query, parameters } of [...seen]) {
        if (!/^\s*(select|with|update)/i.test(query)) continue;
        const rows = await sql.unsafe<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
          `explain (format json) ${query}`,
          parameters as never[],
        );
        for (const row of rows) nodes.push(...row['QUERY PLAN'].flatMap(({ Plan }) => flatten(Plan)));
      }
      return nodes;
    },
    close: () => sql.end(),
  };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
