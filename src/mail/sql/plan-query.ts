import type { Sql } from 'postgres';
import { ServiceError } from '../../domain/service-error.ts';

/** The SQL of one import. Parameters: $1 the largest item in bytes, $2 the number of rows, $3 where to go on. */
export interface QueryPlan {
  /** The rows hold a message each (`raw`), or its fields as JSON text. */
  readonly shape: 'raw' | 'fields';
  /** By `id` when there is one, else by counting rows. */
  readonly paging: 'id' | 'offset';
  /** The page from the start; has no $3. */
  readonly first: string;
  readonly next: string;
  /** A row when an id is missing or not unique: paging by it would pass rows over. */
  readonly badId: string | undefined;
}

const BYTEA = 17;
const FIELDS = new Set([
  'rawbase64',
  'from',
  'to',
  'cc',
  'subject',
  'text',
  'html',
  'messageid',
  'attachments',
]);

/** Looks at the columns of the query without running it. Throws InvalidInput when no message can come of them. */
export async function planQuery(sql: Sql, query: string): Promise<QueryPlan> {
  const inner = query.trim().replace(/;$/, '');
  // The line break ends a comment at the end of the query.
  const source = `(${inner}\n) as q`;
  const { columns } = await sql.unsafe(`select * from ${source}`).describe();
  const raw = columns.find((column) => column.name === 'raw');
  const id = columns.find((column) => column.name === 'id');
  if (raw === undefined && !columns.some(({ name }) => FIELDS.has(name.replace(/[_-]/g, '').toLowerCase()))) {
    throw new ServiceError(
      'InvalidInput',
      `The query gives no message: ${columns.map(({ name }) => name).join(', ')}.`,
      {
        fix: 'Select `raw` (bytea or text), or columns such as "from", "to", subject, text, html, date, message_id.',
      },
    );
  }
  const bytes = raw === undefined ? `convert_to(to_jsonb(q)::text, 'UTF8')` : toBytes(raw.type);
  const idText = id === undefined ? `''` : 'q.id::text';
  const select =
    `select ${idText} as id, octet_length(m.bytes)::int8 as size, ` +
    `case when octet_length(m.bytes) <= $1::int8 then m.bytes end as bytes ` +
    `from ${source} cross join lateral (select ${bytes} as bytes) as m`;
  const shape = raw === undefined ? 'fields' : 'raw';
  if (id === undefined) {
    const next = `${select} limit $2::int8 offset $3::text::int8`;
    return { shape, paging: 'offset', first: `${select} limit $2::int8`, next, badId: undefined };
  }
  const type = await findTypeName(sql, id.type);
  return {
    shape,
    paging: 'id',
    first: `${select} order by q.id limit $2::int8`,
    next: `${select} where q.id > $3::text::${type} order by q.id limit $2::int8`,
    badId: `select q.id::text as id from ${source} group by q.id having count(*) > 1 or q.id is null limit 1`,
  };
}

function toBytes(type: number): string {
  return type === BYTEA ? 'q.raw' : `convert_to(q.raw::text, 'UTF8')`;
}

async function findTypeName(sql: Sql, oid: number): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select format_type(${oid}::oid, null) as name`;
  return row?.name ?? 'text';
}
