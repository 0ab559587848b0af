import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FAILURES } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { getAccountInUse } from '../operations/get-account-in-use.ts';
import { resumeSignedIn } from '../operations/resume-signed-in.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

const SignInStart = z
  .object({
    authorizationUrl: z.string().describe('To open in a browser'),
    redirectUri: z.string().describe('Has to be registered with the provider, exactly so'),
    expiresAt: z.string(),
  })
  .meta({ id: 'SignInStart' });

/** Begins a sign-in; whoever may change accounts may. */
export function oauthStartRoutes(api: ApiServer, deps: ApiDependencies): void {
  api.post(
    '/accounts/:id/oauth/start',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Sign in to its mailbox: an address for the browser, good for ten minutes',
        params: IdParams,
        response: { 200: SignInStart, ...problemAnswers },
      },
    },
    async (request) => {
      const { id } = await getAccountInUse(deps, request.params.id);
      const started = await deps.signIns.start(id);
      return { ...started, expiresAt: started.expiresAt.toISOString() };
    },
  );
}

/**
 * Where the provider sends the browser back to, outside of the API key: the state proves that we began it. Always
 * answers a page, for it is a person who reads it.
 */
export function oauthCallbackRoute(app: ApiServer, deps: ApiDependencies): void {
  app.get('/oauth/callback', { schema: { hide: true } }, async (request, reply) => {
    const at = request.url.indexOf('?');
    const query = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1));
    const page = await finish(deps, query).catch((error: unknown) => {
      if (!(error instanceof ServiceError)) throw error;
      request.log.info({ failure: error.type }, 'sign-in failed');
      const { http } = FAILURES[error.type];
      return { status: http, title: 'Not signed in', lines: [error.message, error.fix ?? ''] };
    });
    return sendPage(reply, page);
  });
}

interface Page {
  readonly status: number;
  readonly title: string;
  readonly lines: readonly string[];
}

async function finish(deps: ApiDependencies, query: URLSearchParams): Promise<Page> {
  const { accountId: id, note = '' } = await deps.signIns.finish(query);
  const resumed = await resumeSignedIn(deps, id);
  const next = resumed ? 'It is read again.' : 'You may close this page.';
  return { status: 200, title: 'Signed in', lines: [`The account "${id}" is signed in.`, note, next] };
}

function sendPage(reply: FastifyReply, { status, title, lines }: Page) {
  const paragraphs = lines.filter((line) => line !== '').map((line) => `<p>${escapeHtml(line)}</p>`);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
        `<h1>${title}</h1>${paragraphs.join('')}</html>`,
    );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
