import type { TcpProxy } from '../tcp-proxy.ts';
import type { RequestCut } from './kill-mailbox.ts';

export interface ChunkCut {
  /** The `n`-th write of a client from now on ends all connections, then every `every`-th after it; 0: none does. */
  cutAt(n: number, cut: RequestCut, every?: number): void;
  /** How often that came to pass since then. */
  countCuts(): number;
}

/** Cuts what goes through a proxy before a write of a client is passed on, or before its answer is. */
export function createChunkCut(proxy: TcpProxy): ChunkCut {
  let [seen, target, step, cuts] = [0, 0, 0, 0];
  let how: RequestCut = 'before';
  /** Ends the connection whose answer is awaited. */
  let waiting: (() => void) | undefined;
  const end = () => {
    cuts += 1;
    waiting = undefined;
    target = step === 0 ? 0 : seen + step;
    proxy.cutAll();
  };
  proxy.onChunk((_chunk, way, own) => {
    if (way === 'down') return waiting === own ? end() : undefined;
    if (waiting !== undefined) return;
    seen += 1;
    if (seen !== target) return;
    if (how === 'before') return end();
    waiting = own;
  });
  return {
    cutAt(n, cut, every = 0) {
      [seen, target, step, cuts, how, waiting] = [0, n, every, 0, cut, undefined];
    },
    countCuts: () => cuts,
  };
}
