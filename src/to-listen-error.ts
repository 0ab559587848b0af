import { ServiceError } from './domain/service-error.ts';

/** Why a server of ours cannot listen, with what to set instead. */
export function toListenError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') return portTaken(port, cause);
  if (code === 'EACCES') {
    return new ServiceError('InvalidInput', `Port ${port} (API) is only for privileged users`, {
      fix: 'Set PORT to a number from 1024 to 65535.',
      cause,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ServiceError('InvalidInput', `This machine has no address ${host} to listen on (${code})`, {
      fix: 'Set HOST=127.0.0.1, or 0.0.0.0 for every interface.',
      cause,
    });
  }
  return cause;
}

function portTaken(port: number, cause?: unknown): ServiceError {
  return new ServiceError('InvalidInput', `Port ${port} (API) is taken`, {
    fix: `Stop what listens there, or choose another: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
    cause,
  });
}
