import { describe, expect, test } from 'vitest';
import { toProblem } from '../../../api/plugins/to-problem.ts';
import { FAILURES, type FailureType } from '../../../src/domain/failure.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

describe('toProblem', () => {
  test.each(Object.keys(FAILURES) as FailureType[])('%s gets the status of the failure table', (type) => {
    const error = new ServiceError(type, 'It went wrong', {
      fix: 'Mend it.',
      details: { batchId: 'b1', n: 1 },
    });
    expect(toProblem(error, 'r1')).toEqual({
      type: `urn:mailroom:failure:${type}`,
      title: FAILURES[type].title,
      status: FAILURES[type].http,
      detail: 'It went wrong',
      fix: 'Mend it.',
      batchId: 'b1',
      requestId: 'r1',
    });
  });

  test.each([new Error('secret'), 'secret', undefined, { statusCode: 'x', secret: 'secret' }])(
    'tells nothing of %o',
    (error) => {
      const problem = toProblem(error, 'r1');
      expect(problem).toMatchObject({ status: 500, requestId: 'r1' });
      expect(JSON.stringify(problem)).not.toContain('secret');
    },
  );

  test('keeps the status of what Fastify refuses', () => {
    for (const statusCode of [400, 413, 414, 415, 431]) {
      expect(toProblem({ statusCode, message: 'secret' }, 'r1').status).toBe(statusCode);
    }
  });
});
