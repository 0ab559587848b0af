import type { AccountAnswers } from '../answers/create-account-answers.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies, AccountTest as TestResult } from '../dependencies.ts';
import { toAccount } from '../operations/add-account.ts';
import { getAccountInUse } from '../operations/get-account-in-use.ts';
import { replaceSecret } from '../operations/replace-secret.ts';
import { switchConnection } from '../operations/switch-connection.ts';
import { withAllowedFolder } from '../operations/with-allowed-folder.ts';
import { Account, AccountTest, NewAccount, NewConnection, SecretBody } from '../schemas/account.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

/** How accounts reach their mailboxes: try, switch, log in anew. */
export function accountConnectionRoutes(
  api: ApiServer,
  deps: ApiDependencies,
  answers: AccountAnswers,
): void {
  const shared = { tags: ['accounts'], params: IdParams };
  const tested = { 200: AccountTest, ...problemAnswers };

  api.post(
    '/accounts/:id/test',
    {
      schema: {
        ...shared,
        summary: 'Open its mailbox and look at its folders: the exact fault and the fix',
        response: tested,
      },
    },
    async (request) => toAnswer(await deps.testAccount(await getAccountInUse(deps, request.params.id))),
  );

  api.post(
    '/account-tests',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Try an account before it is added; nothing is stored',
        body: NewAccount,
        response: tested,
      },
    },
    async (request) => {
      const body = await withAllowedFolder(request.body, deps.config.importRoots);
      return toAnswer(
        await deps.testAccount(toAccount(body), { secret: 'secret' in body ? body.secret : undefined }),
      );
    },
  );

  api.put(
    '/accounts/:id/connection',
    {
      schema: {
        ...shared,
        summary: 'Read another mailbox; all mail stays, and what is known is not processed twice',
        body: NewConnection,
        response: { 200: Account, ...problemAnswers },
      },
    },
    async (request) => {
      const body = await withAllowedFolder(request.body, deps.config.importRoots);
      await switchConnection(deps, request.params.id, body);
      return answers.get(request.params.id);
    },
  );

  api.put(
    '/accounts/:id/secret',
    {
      schema: {
        ...shared,
        summary: 'A new password or client secret; an account that was paused for the old one is read again',
        body: SecretBody,
        response: { 200: Account, ...problemAnswers },
      },
    },
    async (request) => {
      await replaceSecret(deps, request.params.id, request.body);
      return answers.get(request.params.id);
    },
  );
}

function toAnswer(result: TestResult) {
  return result.ok
    ? { ok: true, lines: [...result.lines], fault: null, fix: null }
    : { ok: false, lines: [], fault: result.fault, fix: result.fix ?? null };
}
