import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { ServiceError } from '../domain/service-error.ts';

export interface TemporalTarget {
  readonly address: string;
  readonly apiKey: string | undefined;
  readonly tls: boolean;
}

/**
 * One connection for client and worker of a process: with it, runs started here may start eagerly.
 * Throws Unavailable when no server answers, AuthenticationFailed when it refuses the key.
 */
export async function connectTemporal(target: TemporalTarget): Promise<NativeConnection> {
  const options: NativeConnectionOptions = {
    address: target.address,
    tls: target.tls,
    ...(target.apiKey === undefined ? {} : { apiKey: target.apiKey }),
  };
  try {
    return await NativeConnection.connect(options);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : '';
    if (/unauthenticated|permission/i.test(text)) {
      throw new ServiceError(
        'AuthenticationFailed',
        `The Temporal server at ${target.address} refused the key`,
        {
          fix: 'Check TEMPORAL_API_KEY and TEMPORAL_NAMESPACE.',
          cause,
        },
      );
    }
    throw new ServiceError('Unavailable', `No Temporal server answers at ${target.address}`, {
      fix: 'Start it, or set TEMPORAL_ADDRESS to one that runs; unset it to let `npm start` run its own.',
      cause,
    });
  }
}
