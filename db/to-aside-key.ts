import { type SQL, sql } from 'drizzle-orm';

/** What a key may be long; a hash stands for what is longer. */
const MAX_LENGTH = 300;

/** `<mark>/<provider_key>` of a row: no mailbox reads such a key as its own. The mark: letters, digits and dashes. */
export function toAsideKey(mark: string): SQL {
  const key = sql.raw('provider_key');
  return sql`${mark}::text || '/' || case
    when length(${key}) <= ${MAX_LENGTH - mark.length - 1}::int then ${key}
    else '~' || encode(sha256(convert_to(${key}, 'UTF8')), 'hex') end`;
}
