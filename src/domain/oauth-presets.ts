import type { AccountKind, OAuthSettings } from './account.ts';

/** What a person tells of a sign-in; the rest follows from the provider and the kind of the account. */
export interface OAuthChoice {
  readonly provider: OAuthSettings['provider'];
  readonly clientId: string;
  /** Of Microsoft Entra: its id or domain; `common` when nobody names one. */
  readonly tenant?: string | undefined;
  readonly grant: OAuthSettings['grant'];
  readonly tokenUrl?: string | undefined;
  readonly authorizationUrl?: string | undefined;
  readonly deviceUrl?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
}

type Endpoints = Pick<OAuthSettings, 'tokenUrl' | 'authorizationUrl' | 'deviceUrl'>;

/** developers.google.com/identity/protocols/oauth2 */
const GOOGLE: Endpoints = {
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  deviceUrl: 'https://oauth2.googleapis.com/device/code',
};

/** learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
function toMicrosoft(tenant: string): Endpoints {
  const base = `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0`;
  return {
    authorizationUrl: `${base}/authorize`,
    tokenUrl: `${base}/token`,
    deviceUrl: `${base}/devicecode`,
  };
}

/** undefined: the provider `other` needs a token URL and scopes of its own. */
export function toOAuthSettings(kind: AccountKind, choice: OAuthChoice): OAuthSettings | undefined {
  const { provider, clientId, grant } = choice;
  const preset = findEndpoints(choice);
  const tokenUrl = choice.tokenUrl ?? preset?.tokenUrl;
  const scopes = choice.scopes ?? findScopes(kind, provider, grant);
  if (tokenUrl === undefined || scopes === undefined) return undefined;
  return {
    provider,
    clientId,
    grant,
    tokenUrl,
    authorizationUrl: choice.authorizationUrl ?? preset?.authorizationUrl,
    deviceUrl: choice.deviceUrl ?? preset?.deviceUrl,
    scopes,
  };
}

function findEndpoints({ provider, tenant = 'common' }: OAuthChoice): Endpoints | undefined {
  if (provider === 'google') return GOOGLE;
  return provider === 'microsoft' ? toMicrosoft(tenant) : undefined;
}

/** Tells who signed in, so that nobody binds another mailbox than the account's (OpenID Connect Core 5.4). */
const PERSON = ['openid', 'email', 'profile'];

/** Reading, and marking what was read; nothing else. */
function findScopes(
  kind: AccountKind,
  provider: OAuthSettings['provider'],
  grant: OAuthSettings['grant'],
): readonly string[] | undefined {
  if (provider === 'google') {
    const mail =
      kind === 'imap' ? 'https://mail.google.com/' : 'https://www.googleapis.com/auth/gmail.modify';
    return grant === 'client' ? [mail] : [...PERSON, mail];
  }
  if (provider === 'other') return undefined;
  if (kind === 'imap') {
    return grant === 'client'
      ? ['https://outlook.office365.com/.default']
      : [...PERSON, 'offline_access', 'https://outlook.office.com/IMAP.AccessAsUser.All'];
  }
  return grant === 'client'
    ? ['https://graph.microsoft.com/.default']
    : [...PERSON, 'offline_access', 'https://graph.microsoft.com/Mail.ReadWrite'];
}
