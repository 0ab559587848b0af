import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { renderTable } from './render-table.ts';

/** What is in quarantine without ever having become a message, with reasons; `limit` is how many were asked for. */
export function describeRefused(rows: readonly QuarantineRow[], limit: number): string[] {
  if (rows.length === 0) return [];
  return [
    renderTable(
      ['account', 'refused at the door', 'why'],
      rows.map(({ accountId, label, reason }) => [accountId, label, reason]),
    ),
    ...(rows.length < limit ? [] : ['There may be more; see /quarantine in the browser']),
  ];
}
