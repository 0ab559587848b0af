import { createServer } from 'node:net';
import getPort from 'get-port';
import { ServiceError } from '../domain/service-error.ts';

export interface PortWish {
  /** The port that the configuration names; undefined when it names none, 0 for any free one. */
  readonly asked: number | undefined;
  /** The well-known port, taken when it is free and none was asked for. */
  readonly preferred?: number | undefined;
  /** The environment variable that names the port, for the error. */
  readonly variable: string;
  /** Who will listen, for the error: "the Temporal server". */
  readonly purpose: string;
}

const HOST = '127.0.0.1';

/**
 * The port to listen on at 127.0.0.1: the one asked for, or else the preferred one, or else any free one.
 * @throws ServiceError `InvalidInput` when the port asked for is taken or not allowed.
 */
export async function choosePort({ asked, preferred, variable, purpose }: PortWish): Promise<number> {
  if (asked === undefined || asked === 0) {
    if (asked === undefined && preferred !== undefined && (await tryPort(preferred)) === undefined)
      return preferred;
    return getPort({ host: HOST });
  }
  const fault = await tryPort(asked);
  if (fault === undefined) return asked;
  const why = fault === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${fault})`;
  throw new ServiceError('InvalidInput', `Port ${asked} for ${purpose} ${why}`, {
    fix: `Stop that program, or set ${variable} to a free port (1024-65535), or leave ${variable} unset to let Mailroom choose`,
    details: { port: asked, variable },
  });
}

/** Listens for a moment; the error code when that fails, undefined when the port is free. */
function tryPort(port: number): Promise<string | undefined> {
  if (!(port > 0 && port < 65_536)) return Promise.resolve('no port number');
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : 'unknown'));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
