import type { ApiDependencies } from '../dependencies.ts';
import { assertAuditable } from './assert-auditable.ts';

/** Compares the mailbox of an account with our rows, now. One that is under way is joined. */
export async function startAudit(
  { accounts, controls }: Pick<ApiDependencies, 'accounts' | 'controls'>,
  id: string,
): Promise<void> {
  assertAuditable(await accounts.get(id));
  await controls.auditNow(id);
}
