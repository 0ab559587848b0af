import {
  ServiceError as ClientError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { expect, test } from 'vitest';
import { ifAlive } from '../../../api/controls/if-alive.ts';
import { toServiceError } from '../../../api/controls/to-service-error.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

const grpc = (code: number, details: string) =>
  new ClientError('Failed', { cause: Object.assign(new Error(details), { code, details, metadata: {} }) });
const updateFailure = (type: string) =>
  new WorkflowUpdateFailedError('Update failed', ApplicationFailure.nonRetryable('No such draft', type));

test.each([
  ['a refused connection', grpc(14, 'refused'), 'Unavailable'],
  ['a deadline', grpc(4, 'late'), 'Unavailable'],
  ['a cancelled call', grpc(1, 'cancelled'), 'Unavailable'],
  ['a missing worker', grpc(9, 'no poller seen for task queue recently'), 'Unavailable'],
  ['a full queue', grpc(8, 'busy'), 'RateLimited'],
  ['a wrong key', grpc(16, 'who?'), 'AuthenticationFailed'],
  ['a missing right', grpc(7, 'no'), 'AuthenticationFailed'],
  ['a bad request', grpc(3, 'search attribute X is not defined'), 'Internal'],
  ['a missing run', new WorkflowNotFoundError('gone', 'id', undefined), 'NotFound'],
  ['a missing namespace', new NamespaceNotFoundError('none'), 'Unavailable'],
  ['a silent run', new WorkflowUpdateRPCTimeoutOrCancelledError('late'), 'Unavailable'],
  ['a refused update', updateFailure('Conflict'), 'Conflict'],
  ['an update of a type of its own', updateFailure('NotFound'), 'NotFound'],
  ['an update that ended with its run', updateFailure('Whatever'), 'Conflict'],
  ['a bug', new TypeError('x is not a function'), 'Internal'],
])('%s becomes %3$s', (_what, error, type) => {
  expect(toServiceError(error)).toMatchObject({ name: 'ServiceError', type });
});

test('a bad search attribute names the fix', () => {
  expect(toServiceError(grpc(3, 'search attribute X is not defined')).fix).toContain('temporal apply');
});

test('only a missing run counts as not alive', async () => {
  const reject = (error: unknown) => Promise.reject(toServiceError(error));
  await expect(ifAlive(Promise.resolve(1))).resolves.toBe(1);
  await expect(ifAlive(reject(new WorkflowNotFoundError('gone', 'id', undefined)))).resolves.toBeUndefined();
  await expect(ifAlive(reject(updateFailure('NotFound')))).rejects.toBeInstanceOf(ServiceError);
  await expect(ifAlive(reject(grpc(14, 'refused')))).rejects.toMatchObject({ type: 'Unavailable' });
});
