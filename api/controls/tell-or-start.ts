import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { toServiceError } from './to-service-error.ts';
import { type StartRequest, toStartOptions } from './to-start-options.ts';

/** Tells a run that is alive to look once more before it ends, or starts one: in one request, so that nothing falls between. */
export async function tellOrStart(
  client: Client,
  type: string,
  request: StartRequest,
  signal: SignalDefinition,
): Promise<void> {
  try {
    await client.workflow.signalWithStart(type, { ...toStartOptions(request), signal, signalArgs: [] });
  } catch (error) {
    throw toServiceError(error);
  }
}
