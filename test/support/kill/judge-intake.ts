import type postgres from 'postgres';
import { sourceHash } from '../../../src/mail/identity.ts';
import type { Sealer } from '../../../src/security/seal.ts';

export interface Intake {
  /** Past every proxy. */
  readonly sql: postgres.Sql;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly accountId: string;
  /** All that was delivered and is not deleted here, each once. */
  readonly delivered: readonly Buffer[];
  /** How often each message was started since it was parked, by its id. */
  readonly starts: ReadonlyMap<string, number>;
}

interface Row {
  readonly id: string;
  readonly sha256: string;
  readonly state: string;
  readonly bytes: Uint8Array | null;
}

/** All that is wrong with what came of a mailbox: judged by the bytes that were delivered, not by our own ledger. */
export async function judgeIntake({ sql, sealer, accountId, delivered, starts }: Intake): Promise<string[]> {
  const rows = await sql<Row[]>`
    select m.id, m.source_sha256 as sha256, m.state, s.bytes
    from message m left join source s on s.sha256 = m.source_sha256 where m.account_id = ${accountId}`;
  const known = new Map(delivered.map((raw) => [sourceHash(raw), raw]));
  const faults = [...known].flatMap(([sha256, raw]) => {
    const own = rows.filter((row) => row.sha256 === sha256);
    const name = /^Subject: (.*?)\r?$/m.exec(raw.toString('latin1'))?.[1] ?? sha256;
    if (own.length === 0) return [`lost: ${name}`];
    if (own.length > 1) return [`${own.length} rows: ${name}`];
    return own.flatMap((row) => judgeRow(row)).map((fault) => `${fault}: ${name}`);
  });
  const strangers = rows.filter(({ sha256 }) => !known.has(sha256));
  return [...faults, ...strangers.map(({ id }) => `nobody delivered it: ${id}`)];

  function judgeRow({ id, sha256, state, bytes }: Row): string[] {
    const count = starts.get(id) ?? 0;
    return [
      ...(count === 1 ? [] : [`started ${count} times`]),
      ...(state === 'settled' ? [] : [state]),
      ...(bytes !== null && isWhole(sha256, bytes) ? [] : ['its source is not what was delivered']),
    ];
  }

  function isWhole(sha256: string, sealed: Uint8Array): boolean {
    return sourceHash(sealer.open(sealed, `source/bytes/${sha256}`)) === sha256;
  }
}
