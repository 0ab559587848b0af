import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A TCP proxy that cuts the client off after the final dot: the server gets the whole message and its answer goes
 * nowhere. For plain SMTP only, since it reads along.
 */
export async function startCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(target.port, target.host);
    let tail = '';
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    server.pipe(client);
    client.on('end', () => server.end());
    client.on('data', (chunk) => {
      tail = (tail + chunk.toString('latin1')).slice(-4096);
      server.write(chunk);
      if (tail.endsWith('\r\n.\r\n')) {
        server.unpipe(client);
        server.resume();
        client.destroy();
      }
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        proxy.close(() => resolve());
      }),
  };
}
