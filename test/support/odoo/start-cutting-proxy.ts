import { once } from 'node:events';
import net from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /**
   * Cuts the next connection whose request holds all of `needles`: `asked` at once after passing the request on, so that
   * the server is still at work; `done` when the server's answer arrives, which the client never sees.
   */
  cutNext(needles: readonly string[], when: 'asked' | 'done'): void;
  readonly cuts: () => number;
  stop(): Promise<void>;
}

/** A TCP proxy on a free loopback port in front of `target`. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<net.Socket>();
  let plan: { needles: readonly string[]; when: 'asked' | 'done' } | undefined;
  let cuts = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    let request = '';
    let doomed: 'asked' | 'done' | undefined;
    const cut = () => {
      doomed = undefined;
      cuts += 1;
      client.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // A cut is what this proxy is for.
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => {
      request += chunk.toString('latin1');
      let sent: (() => void) | undefined;
      if (plan?.needles.every((needle) => request.includes(needle))) {
        doomed = plan.when;
        plan = undefined;
        if (doomed === 'asked') sent = cut;
      }
      upstream.write(chunk, sent);
    });
    upstream.on('data', (chunk) => {
      request = '';
      if (doomed === 'done') cut();
      else client.write(chunk);
    });
    upstream.on('end', () => client.end());
    client.on('end', () => upstream.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    cutNext: (needles, when) => {
      plan = { needles, when };
    },
    cuts: () => cuts,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
