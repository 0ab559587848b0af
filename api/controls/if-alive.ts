import { WorkflowNotFoundError } from '@temporalio/common';
import { ServiceError } from '../../src/domain/service-error.ts';

/** The answer of a call to a run, or undefined when no such run is alive. Other failures pass. */
export async function ifAlive<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    // A NotFound that the run itself answered is no sign that the run is gone.
    if (error instanceof ServiceError && error.cause instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
