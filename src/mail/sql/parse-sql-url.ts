import { ServiceError } from '../../domain/service-error.ts';

export interface SqlTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: 'prefer' | 'require' | 'verify-full' | false;
}

const FIX = 'Only PostgreSQL is read: postgres://user:password@host:5432/database?sslmode=verify-full';

/** Reads a postgres URL. Throws InvalidInput that repeats nothing of the URL: it holds a password. */
export function parseSqlUrl(text: string): SqlTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined)
    throw new ServiceError('InvalidInput', 'The database URL cannot be read.', { fix: FIX });
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new ServiceError('InvalidInput', `${url.protocol}// is no PostgreSQL URL.`, { fix: FIX });
  }
  const [user, password, path] = [url.username, url.password, url.pathname.slice(1)].map(decode);
  // Without them the driver would fall back to PGUSER and PGPASSWORD: our own, shown to a stranger's host.
  if (url.hostname === '' || !user || !path) {
    throw new ServiceError('InvalidInput', 'The database URL needs a host, a user and a database.', {
      fix: FIX,
    });
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 5432 : Number(url.port),
    user,
    password: password ?? '',
    database: path,
    ssl: toSsl(url.searchParams.get('sslmode')),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ServiceError('InvalidInput', 'The database URL has a bad percent sign.', { fix: FIX });
  }
}

function toSsl(mode: string | null): SqlTarget['ssl'] {
  if (mode === null || mode === 'prefer' || mode === 'allow') return 'prefer';
  if (mode === 'disable') return false;
  if (mode === 'require') return 'require';
  if (mode === 'verify-ca' || mode === 'verify-full') return 'verify-full';
  throw new ServiceError('InvalidInput', 'The sslmode of the database URL is unknown.', { fix: FIX });
}
