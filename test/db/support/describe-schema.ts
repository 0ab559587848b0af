import postgres from 'postgres';

/** Every column, index and constraint of ours as PostgreSQL writes them, and the migrations on record. */
export async function describeSchema(url: string): Promise<readonly string[]> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ line: string }[]>`
    select format('%s.%s %s null:%s default:%s generated:%s identity:%s', table_name, column_name, data_type, is_nullable,
      column_default, generation_expression, identity_generation) as line
    from information_schema.columns where table_schema = 'public'
    union all
    select format('%s valid:%s', pg_get_indexdef(indexrelid), indisvalid and indisready)
    from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
    union all
    select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select format('applied %s', created_at) from drizzle.__drizzle_migrations
    order by 1`;
  await sql.end();
  return rows.map(({ line }) => line);
}
