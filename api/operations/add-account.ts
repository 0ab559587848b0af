import type { Account } from '../../src/domain/account.ts';
import { isLoopbackHost } from '../../src/domain/is-loopback-host.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { NewAccount } from '../schemas/account.ts';

/** Stores an account with its sealed secret; its schedule is made when its mode asks for one. */
export async function addAccount(
  deps: Pick<ApiDependencies, 'accounts' | 'schedules' | 'sealer'>,
  body: NewAccount,
): Promise<void> {
  if (body.kind === 'imap') assertSafe(body.imap);
  const account = toAccount(body);
  const secret =
    body.kind === 'imap'
      ? deps.sealer.seal(Buffer.from(body.secret), `account/secret/${account.id}`)
      : undefined;
  await deps.accounts.add(account, secret).catch((error: unknown) => {
    if (!(error instanceof ServiceError) || error.type !== 'Conflict') throw error;
    throw new ServiceError('Conflict', `There is an account "${account.id}" already`, {
      fix: 'Choose another id.',
      cause: error,
    });
  });
  if (account.mode !== 'manual') await ensureSchedule(deps, account);
}

async function ensureSchedule({ schedules }: Pick<ApiDependencies, 'schedules'>, account: Account) {
  try {
    await schedules.ensure(account);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(error.type, `The account is stored without its schedule: ${error.message}`, {
      fix: `${error.fix ?? ''} POST /api/accounts/${account.id}/resume makes the schedule.`.trim(),
      cause: error,
    });
  }
}

function assertSafe(imap: { host: string; security: string; allowSelfSigned: boolean }): void {
  if (isLoopbackHost(imap.host)) return;
  if (imap.security === 'none') {
    throw new ServiceError('InvalidInput', '`imap.security` none would send the password in the clear', {
      fix: 'Use tls or starttls; none is only for loopback hosts.',
    });
  }
  if (imap.allowSelfSigned) {
    throw new ServiceError('InvalidInput', '`imap.allowSelfSigned` is only for loopback hosts', {
      fix: 'Give the server a certificate that an authority signed (NODE_EXTRA_CA_CERTS adds your own).',
    });
  }
}

function toAccount(body: NewAccount): Account {
  return {
    id: body.id,
    kind: body.kind,
    name: body.name,
    address: body.address.toLowerCase(),
    mode: body.mode,
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: body.kind === 'imap' ? body.pullEverySeconds : 60,
    imap: body.kind === 'imap' ? body.imap : undefined,
    modelSeesPii: body.modelSeesPii,
    modelTokensPerDay: body.modelTokensPerDay,
  };
}
