import type { Prompt } from './prompt.ts';

export interface ChatReply {
  /** What the model wrote, meant to be one JSON object; not checked yet. */
  readonly text: string;
  /** Read and written together, as the vendor counts them; 0 when it does not say. */
  readonly tokens: number;
}

/** One vendor's way to ask one question. `createModelEngine` makes an engine of it. */
export interface ChatModel {
  readonly engine: string;
  /** Raise it when the same prompt may be asked differently. */
  readonly engineVersion: string;
  readonly model: string;
  /**
   * One call, held to `schema`, without tools and without retrying. Throws `ServiceError`; when `signal` aborts, its
   * reason.
   */
  ask(prompt: Prompt, schema: Record<string, unknown>, signal: AbortSignal): Promise<ChatReply>;
}
