import { ServiceError } from './domain/service-error.ts';

/** Reads `.env` of the working folder, when there is one. Variables that are set, also to nothing, stay as they are. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw new ServiceError('InvalidInput', 'The file .env in this folder cannot be read', {
      fix: 'Make it a readable text file as .env.example shows, or remove it.',
      cause,
    });
  }
}
