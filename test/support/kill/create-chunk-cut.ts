import type { TcpProxy } from '../tcp-proxy.ts';
import type { MailboxCut, RequestCut } from './kill-mailbox.ts';

/** Ends all connections of a proxy before a write of a client that counts is passed on, or before its answer is. */
export function createChunkCut(
  proxy: TcpProxy,
  isCounted: (chunk: Buffer) => boolean = () => true,
): MailboxCut {
  let [seen, target, cuts] = [0, 0, 0];
  let how: RequestCut = 'before';
  /** Ends the connection whose answer is awaited. */
  let waiting: (() => void) | undefined;
  const end = () => {
    cuts += 1;
    waiting = undefined;
    proxy.cutAll();
  };
  proxy.onChunk((chunk, way, own) => {
    if (way === 'down') return waiting === own ? end() : undefined;
    if (waiting !== undefined || !isCounted(chunk)) return;
    seen += 1;
    if (seen !== target) return;
    if (how === 'before') return end();
    waiting = own;
  });
  return {
    cutAt(n, cut) {
      [seen, target, cuts, how, waiting] = [0, n, 0, cut, undefined];
    },
    countCuts: () => cuts,
  };
}
