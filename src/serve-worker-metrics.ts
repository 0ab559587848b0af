import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { addAnswerCounter } from '../api/metrics/add-answer-counter.ts';
import type { Answers } from './create-answers.ts';
import { toListenError } from './to-listen-error.ts';

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Answers /metrics for a worker of its own: what it uses, and what the levels of kept answers had in it. */
export async function serveWorkerMetrics(
  { host, port }: Place,
  answers: Pick<Answers, 'counts'>,
): Promise<{ close(): void }> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addAnswerCounter(registry, { countAnswers: answers.counts });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: Error) => response.destroy(error),
    );
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw toListenError(cause, host, port);
  }
  return {
    close() {
      server.closeAllConnections();
      server.close();
      registry.clear();
    },
  };
}
