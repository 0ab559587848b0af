import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createRandom } from '../../src/analysis/learned/create-random.ts';

/** What happens to one connection; absent fields: nothing. Bytes count from its beginning. */
export interface ConnectionFate {
  /** Reset at once, before a byte. */
  readonly refuse?: boolean;
  /** Each chunk waits for so long, either way. */
  readonly delayMs?: number;
  /** Reset (RST) after so many bytes from the server. */
  readonly cutAfterDown?: number;
  /** Reset after so many bytes from the client. */
  readonly cutAfterUp?: number;
  /** After so many bytes from the server nothing moves any more, and the connection stays open. */
  readonly stallAfterDown?: number;
}

export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  /** Since the start or the last `reset`. `up`: from clients; `down`: from the server. */
  readonly counts: { readonly connections: number; readonly up: number; readonly down: number };
  /** Connections that are open now. */
  readonly open: number;
  /** How many connections were harmed by their fate. */
  readonly faults: number;
  reset(): void;
  /** For connections from now on; `index` counts them from 0. undefined: all go well. */
  setFate(fate: ((index: number) => ConnectionFate | undefined) | undefined): void;
  /** Sees each chunk before it is passed on; `cut()` resets that connection. */
  onChunk(look: ((chunk: Buffer, way: 'up' | 'down', cut: () => void) => void) | undefined): void;
  /** Resets all that are open now. */
  cutAll(): void;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** A TCP proxy on a free port of this machine that counts, and does harm when it is told to. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<() => void>();
  const counts = { connections: 0, up: 0, down: 0 };
  let faults = 0;
  let accepted = 0;
  let toFate: ((index: number) => ConnectionFate | undefined) | undefined;
  let look: ((chunk: Buffer, way: 'up' | 'down', cut: () => void) => void) | undefined;

  const proxy = createServer({ noDelay: true }, (client) => {
    const fate = toFate?.(accepted++) ?? {};
    counts.connections += 1;
    if (fate.refuse === true) {
      faults += 1;
      client.on('error', () => client.destroy());
      client.resetAndDestroy();
      return;
    }
    const server = connect({ ...target, noDelay: true });
    const cut = () => {
      client.resetAndDestroy();
      server.resetAndDestroy();
      pairs.delete(cut);
    };
    pairs.add(cut);
    for (const socket of [client, server]) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        pairs.delete(cut);
        client.destroy();
        server.destroy();
      });
    }
    const passed = { up: 0, down: 0 };
    let stalled = false;
    let ending = false;
    const pass = (way: 'up' | 'down', to: Socket) => (chunk: Buffer) => {
      look?.(chunk, way, cut);
      const limit = way === 'up' ? fate.cutAfterUp : fate.cutAfterDown;
      const room = Math.max(0, (limit ?? Number.POSITIVE_INFINITY) - passed[way]);
      const part = chunk.subarray(0, Math.min(chunk.length, room));
      passed[way] += part.length;
      counts[way] += part.length;
      if (stalled) return;
      if (way === 'down' && passed.down > (fate.stallAfterDown ?? Number.POSITIVE_INFINITY)) {
        stalled = true;
        faults += 1;
        return;
      }
      const write = () => {
        if (!to.destroyed) to.write(part);
        if (part.length === chunk.length || ending) return;
        ending = true;
        faults += 1;
        // What was written has to arrive first: a reset drops what is still in the way.
        setImmediate(cut);
      };
      if (fate.delayMs === undefined) write();
      else setTimeout(write, fate.delayMs);
    };
    client.on('data', pass('up', server));
    server.on('data', pass('down', client));
  });
  proxy.listen(0, HOST);
  await once(proxy, 'listening');
  return {
    host: HOST,
    port: (proxy.address() as AddressInfo).port,
    get counts() {
      return { ...counts };
    },
    get open() {
      return pairs.size;
    },
    get faults() {
      return faults;
    },
    reset() {
      Object.assign(counts, { connections: 0, up: 0, down: 0 });
      accepted = 0;
    },
    setFate(fate) {
      toFate = fate;
    },
    onChunk(next) {
      look = next;
    },
    cutAll() {
      for (const cut of [...pairs]) cut();
    },
    stop: () =>
      new Promise((resolve) => {
        for (const cut of [...pairs]) cut();
        proxy.close(() => resolve());
      }),
  };
}

/**
 * Fates for `setFate`, the same for the same seed: about `rate` of the connections are refused, delayed, cut after
 * some bytes in either direction, or (with `stall`) left hanging.
 */
export function toSeededFates(
  seed: number,
  { rate = 0.5, maxBytes = 64 * 1024, stall = false } = {},
): (index: number) => ConnectionFate | undefined {
  return (index) => {
    const random = createRandom(seed * 1_000_003 + index);
    if (random() >= rate) return undefined;
    const bytes = Math.floor(random() * maxBytes);
    const fates: ConnectionFate[] = [
      { refuse: true },
      { cutAfterDown: bytes },
      { cutAfterUp: Math.floor(bytes / 64) },
      { delayMs: Math.floor(random() * 50) },
      ...(stall ? [{ stallAfterDown: bytes }] : []),
    ];
    return fates[Math.floor(random() * fates.length)];
  };
}
