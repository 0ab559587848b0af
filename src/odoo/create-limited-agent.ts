import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

export interface LimitedAgent {
  readonly agent: http.Agent;
  /** True when this connection was closed because an answer was too large. */
  exceeded(socket: unknown): boolean;
}

type Connect = (options: unknown, done: unknown) => Socket;

/** Keeps connections alive, and closes one that carries an answer (headers included) of more than `maxBytes`. */
export function createLimitedAgent(secure: boolean, maxBytes: number): LimitedAgent {
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  const received = new WeakMap<object, number>();
  const tooLarge = new WeakSet<object>();
  // The xmlrpc package hands out neither request nor response; the socket is the one place to count.
  const connect = Reflect.get(agent, 'createConnection') as Connect;
  Reflect.set(agent, 'createConnection', (options: unknown, done: unknown) => {
    const socket = connect.call(agent, options, done);
    socket.on('data', (chunk: Buffer) => {
      const total = (received.get(socket) ?? 0) + chunk.length;
      received.set(socket, total);
      if (total <= maxBytes || tooLarge.has(socket)) return;
      tooLarge.add(socket);
      socket.destroy();
    });
    return socket;
  });
  agent.on('free', (socket: Socket) => received.set(socket, 0));
  return {
    agent,
    exceeded: (socket) => typeof socket === 'object' && socket !== null && tooLarge.has(socket),
  };
}
