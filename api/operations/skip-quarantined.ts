import type { QuarantineRow } from '../../db/quarantine-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { endMessage } from './end-message.ts';

/** Closes an open entry for good, and settles its message as skipped. */
export async function skipQuarantined(
  deps: Pick<ApiDependencies, 'messages' | 'messageList' | 'quarantine' | 'controls'>,
  entry: QuarantineRow,
  reason: string | undefined,
): Promise<void> {
  if (entry.resolution === 'skipped') return;
  if (entry.resolvedAt !== undefined) {
    throw new ServiceError('Conflict', 'The entry was retried already', { fix: 'Skip its message instead.' });
  }
  if (entry.messageId === undefined) return deps.quarantine.resolve(entry.id, 'skipped');
  await endMessage(deps, entry.messageId, 'skipped', reason);
}
