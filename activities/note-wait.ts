import { findAskedWait } from '../src/domain/asked-wait.ts';
import { describeAsked } from '../src/domain/provider-wait.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Does the work of an audit; one that its provider asks to wait says so, and until when, to whoever looks at it. */
export async function noteWait<T>(
  { audits, now }: Pick<ActivityDependencies, 'audits' | 'now'>,
  auditId: string,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const asked = error instanceof ServiceError ? findAskedWait(error) : undefined;
    if (asked !== undefined) await audits.note(auditId, describeAsked(asked, now()));
    throw error;
  }
}
