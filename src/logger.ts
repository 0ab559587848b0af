import {
  type DestinationStream,
  type Logger,
  destination as openDestination,
  pino,
  stdTimeFunctions,
} from 'pino';
import type { Config } from './config.ts';
import { REDACT_PATHS } from './security/redact.ts';

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
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...REDACT_PATHS], censor: '[redacted]' },
    },
    format === 'json' ? destination : { write: (line: string) => destination.write(toPrettyLine(line)) },
  );
}
