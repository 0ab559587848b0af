import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { ApiServer } from '../api-server.ts';
import { sendProblem } from './send-problem.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Mailroom</title>
<h1>Mailroom</h1>
<p>The dashboard is not built yet. Run <code>npm run build:web</code> and restart; <code>npm start</code> does both.</p>
<p>The API works without it: <a href="/docs">/docs</a>.</p>
</html>
`;

/** Serves the built dashboard at `/`; its own addresses fall back to its one page. */
export async function registerDashboard(app: ApiServer, webRoot: string): Promise<void> {
  const isBuilt = existsSync(join(webRoot, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: webRoot,
      prefix: '/',
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', toCacheControl(path));
      },
    });
  } else {
    app.get('/', { schema: { hide: true } }, (_request, reply) => sendNotBuilt(reply));
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return isBuilt ? reply.sendFile('index.html') : sendNotBuilt(reply);
    return sendProblem(reply, {
      type: 'urn:mailroom:failure:NotFound',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address',
      fix: 'The API is described at /docs.',
      requestId: request.id,
    });
  });
}

/** Vite names what is under assets/ by its content. */
function toCacheControl(path: string): string {
  return /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(NOT_BUILT);
}
