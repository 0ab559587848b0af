import type { FastifyReply } from 'fastify';
import type { Problem } from '../schemas/problem.ts';

/** Sends a problem as it is: never through the schema of a route's answer. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}
