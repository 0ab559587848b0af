import { isGrpcServiceError } from '@temporalio/client';
import { toServiceError as fromTemporal } from '../../api/controls/to-service-error.ts';
import { ServiceError } from '../domain/service-error.ts';

/** What the SDK threw past our own layers, in our terms; anything else stays what it is, with its stack. */
export function toKnownError(error: unknown): unknown {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current)) return fromTemporal(error);
  }
  return error;
}

/** The operations are shared with the API and name its routes; a person at a terminal needs the command. */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/`?POST \/api\/accounts\/([\w-]+)\/(pause|resume)`?/g, '`npm run mailroom -- account $2 $1`'],
  [/`?POST \/api\/batches\/([\w-]+)\/(pause|resume|cancel)`?/g, '`npm run mailroom -- batch $2 $1`'],
  [/`?POST \/api\/messages\/([\w-]+)\/retry`?/g, '`npm run mailroom -- retry $1`'],
  [
    /`?DELETE \/api\/accounts\/([\w-]+)\?data=delete&confirm=[\w-]+`?/g,
    '`npm run mailroom -- account remove $1 --data delete --confirm $1`',
  ],
  [/`?PUT \/api\/accounts\/([\w-]+)\/connection\b[^`]*`?$/g, '`npm run mailroom -- account switch $1`'],
  [/ `force` stores it all the same\./g, ' `--no-test` skips the test.'],
  [/confirm=([\w-]+)$/g, '--confirm $1'],
  [/`?POST \/api\/batches\b`?/g, '`npm run mailroom -- import PATH --account ID`'],
  [/`?GET \/api\/batches\b`?/g, '`npm run mailroom -- status`'],
  [/, \/cancel ends it/g, ', `batch cancel` ends it'],
  [/Post a new batch/g, 'Import again'],
];

/** The same error with its fix in terms of this program. */
export function inCommands(error: unknown): unknown {
  if (!(error instanceof ServiceError) || error.fix === undefined) return error;
  const fix = toCommands(error.fix);
  return new ServiceError(error.type, error.message, { fix, details: error.details, cause: error });
}

/** A fix, or a text that has one in it, with commands in place of routes. */
export function toCommands(text: string): string {
  return COMMANDS.reduce((told, [route, command]) => told.replace(route, command), text);
}
