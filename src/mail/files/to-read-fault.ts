import { ServiceError } from '../../domain/service-error.ts';

const TRANSIENT = new Set(['EMFILE', 'ENFILE', 'EIO', 'ENOMEM', 'EAGAIN', 'EBUSY', 'ESTALE', 'ETIMEDOUT']);

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'It cannot be read: permission denied.',
  EPERM: 'It cannot be read: permission denied.',
  ELOOP: 'It is a link that leads to itself.',
  EISDIR: 'It is a folder.',
  ENXIO: 'It is not a regular file.',
  ENAMETOOLONG: 'Its name is too long.',
};

/**
 * Why one file cannot be read, for its quarantine row. Throws Unavailable when a later try may succeed: a busy
 * disk must not send good mail to quarantine.
 */
export function toReadFault(
  error: unknown,
  name = '',
): { type: 'InvalidInput' | 'NotFound'; reason: string } {
  // Without a code it is no answer of the system but a bug of ours: that must not end in quarantine.
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const code = String(error.code);
  if (TRANSIENT.has(code)) {
    throw new ServiceError('Unavailable', `The disk did not answer (${code}).`, { cause: error });
  }
  if (code === 'ENOENT' && name.includes('\uFFFD')) {
    return { type: 'InvalidInput', reason: 'Its name is not UTF-8: rename it and import it again.' };
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { type: 'NotFound', reason: 'It was there when the folder was listed and is gone now.' };
  }
  return { type: 'InvalidInput', reason: REASONS[code] ?? `It cannot be read (${code}).` };
}
