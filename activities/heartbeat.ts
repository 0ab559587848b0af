import { Context } from '@temporalio/activity';

/** Beats while `work` runs, so that a dead worker is noticed soon; hands over the cancellation. */
export async function withHeartbeat<T>(
  work: (signal: AbortSignal, beat: (progress: number) => void) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const timeoutMs = context.info.heartbeatTimeoutMs ?? 30_000;
  let progress = 0;
  const timer = setInterval(() => context.heartbeat(progress), Math.max(timeoutMs / 4, 250));
  try {
    return await work(context.cancellationSignal, (value) => {
      progress = value;
    });
  } finally {
    clearInterval(timer);
  }
}
