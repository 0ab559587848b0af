import type { ImapFlow } from 'imapflow';

/** No answer but a message has so much; 4 million UIDs of a SEARCH do. In bytes. */
export const LONGEST_ANSWER = 32 * 1024 * 1024;

/**
 * Runs a command while no single answer, its literals included, may have more than `bytes`: one that announces more
 * ends the connection before it is loaded. imapflow has one limit for a session; its stream asks for it at each answer.
 */
export async function withLongestAnswer<R>(
  client: ImapFlow,
  bytes: number,
  command: () => Promise<R>,
): Promise<R> {
  const { streamer } = client as unknown as { readonly streamer: { maxResponseSize: number } };
  const before = streamer.maxResponseSize;
  streamer.maxResponseSize = bytes;
  try {
    return await command();
  } finally {
    streamer.maxResponseSize = before;
  }
}
