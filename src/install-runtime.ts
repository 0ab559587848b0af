import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Said of each worker that only runs activities; four of ours do. */
const EXPECTED = 'No workflows registered';

/** Routes the SDK's own log lines to ours. Once a process, before anything else of the SDK. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    // We stop workers ourselves, after the API stopped taking work.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (message.startsWith(EXPECTED)) return;
      const write = level === 'ERROR' ? logger.error : logger.warn;
      write.call(logger, { temporal: meta }, message);
    }),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
  });
}
