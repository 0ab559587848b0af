import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  rootCause,
  TimeoutFailure,
} from '@temporalio/workflow';
import { type FailureType, isFailureType } from '../src/domain/failure.ts';

export interface FailureFacts {
  readonly type: FailureType;
  /** A sentence for a person. */
  readonly reason: string;
}

/** What a step failed with, in the words of the failure table. */
export function toFailure(error: unknown): FailureFacts {
  const cause = unwrap(error);
  if (cause instanceof ApplicationFailure) {
    const type = cause.type ?? '';
    return { type: isFailureType(type) ? type : 'Internal', reason: cause.message };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      type: 'Unavailable',
      reason: 'The step took longer than its timeout allows, each time it was tried',
    };
  }
  return { type: 'Internal', reason: rootCause(error) ?? 'Unknown failure' };
}

function unwrap(error: unknown): unknown {
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) return unwrap(error.cause);
  return error;
}
