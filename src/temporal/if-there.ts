import { ScheduleNotFoundError } from '@temporalio/client';

/** The answer of a call to a schedule; undefined when there is no such schedule. */
export async function ifThere<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
