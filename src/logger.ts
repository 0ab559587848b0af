import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  destination as openDestination,
  pino,
  stdTimeFunctions,
} from 'pino';
import type { Config } from './config.ts';
import { redactFields, redactUrl } from './security/redact.ts';

/** One log line as text: `12:00:00.000 INFO  message key=value`. A stack goes below, indented. */
function toPrettyLine(line: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const { stack, ...rest } = (err ?? {}) as Record<string, unknown>;
  const pairs = Object.entries(err === undefined ? fields : { ...fields, err: rest });
  const shown = pairs.map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${String(msg ?? '')}`;
  const below = typeof stack === 'string' ? `\n    ${stack.replaceAll('\n', '\n    ')}` : '';
  return `${head}${shown.join('')}${below}\n`;
}

/**
 * The one logger. Messages are constant sentences, data goes in fields; secrets and bodies are replaced by
 * `[redacted]`. Writes in this thread, so the last lines before a crash are not lost.
 * @param destination for tests; stdout by default.
 */
export function createLogger(
  config: Pick<Config, 'log'>,
  destination: DestinationStream = openDestination({ fd: 1, sync: true }),
): Logger {
  const { level, format } = config.log;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactFields(fields),
      },
      hooks: {
        /** A bare error becomes a field; a message that carries a URL loses its password. */
        logMethod(args, method) {
          const [first, message] = args as unknown[];
          const given: unknown[] =
            first instanceof Error ? [{ err: first }, message ?? first.message, ...args.slice(2)] : args;
          method.apply(
            this,
            given.map((arg) => (typeof arg === 'string' ? redactUrl(arg) : arg)) as typeof args,
          );
        },
      },
      // `redactFields` has made errors plain; pino's serializer would name their type after the copy.
      serializers: { err: (error: unknown) => error },
    },
    format === 'json' ? destination : { write: (line: string) => destination.write(toPrettyLine(line)) },
  );
  // pino drops the bindings formatter for children, so their fields are redacted on the way in.
  const { child } = logger;
  logger.child = function redactedChild<Levels extends string = never>(
    this: Logger,
    bindings: Bindings,
    options?: ChildLoggerOptions<Levels>,
  ): Logger<Levels> {
    return Reflect.apply<Logger, [Bindings, ChildLoggerOptions<Levels> | undefined], Logger<Levels>>(
      child,
      this,
      [redactFields(bindings), options],
    );
  };
  return logger;
}
