import { expect, test } from 'vitest';
import { inCommands, toCommands, toKnownError } from '../../../src/cli/to-known-error.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

test.each([
  ['Mend that, then POST /api/accounts/sales/resume.', '`npm run mailroom -- account resume sales`'],
  ['`POST /api/batches/b-1/resume` starts it, /cancel ends it.', '`npm run mailroom -- batch resume b-1`'],
  ['Import into it instead: POST /api/batches.', '`npm run mailroom -- import PATH --account ID`'],
  ['Its imports are accounted for by batch: GET /api/batches.', '`npm run mailroom -- status`'],
  [
    'Delete it first: DELETE /api/accounts/old?data=delete&confirm=old',
    '`npm run mailroom -- account remove old --data delete --confirm old`',
  ],
  [
    'Give it a folder first: PUT /api/accounts/a/connection {"kind":"files"}',
    '`npm run mailroom -- account switch a`',
  ],
  ['Confirm it with the id: confirm=old', '--confirm old'],
  ['POST /api/messages/m1/retry runs its message again.', '`npm run mailroom -- retry m1`'],
])('says the command in place of the route: %s', (fix, command) => {
  const told = inCommands(new ServiceError('Conflict', 'No', { fix }));
  expect(told).toMatchObject({ type: 'Conflict', message: 'No', fix: expect.stringContaining(command) });
  expect((told as ServiceError).fix).not.toContain('/api/');
});

test('says the command within what an answer of many tells of one', () => {
  expect(toCommands('The account is paused: a. Mend that, then POST /api/accounts/sales/resume.')).toBe(
    'The account is paused: a. Mend that, then `npm run mailroom -- account resume sales`.',
  );
});

test('knows what the Temporal SDK throws, and leaves a bug its stack', () => {
  const grpc = Object.assign(new Error('14 UNAVAILABLE: no connection'), {
    code: 14,
    details: 'no connection',
    metadata: {},
  });
  expect(toKnownError(new Error('wrapped', { cause: grpc }))).toMatchObject({
    type: 'Unavailable',
    fix: expect.stringContaining('TEMPORAL_ADDRESS'),
  });
  const bug = new TypeError('x is not a function');
  expect(toKnownError(bug)).toBe(bug);
});
