import xmlrpc from 'xmlrpc';
import { ServiceError } from '../domain/service-error.ts';
import { createLimitedAgent } from './create-limited-agent.ts';
import type { RpcValue } from './rpc.ts';
import { MAX_ANSWER_BYTES, type RpcConfig } from './rpc-config.ts';
import { toServiceError } from './to-service-error.ts';
import { toXmlRpcValue } from './to-xml-rpc-value.ts';
import { withDeadline } from './with-deadline.ts';

export type XmlRpcPost = (
  service: 'common' | 'object',
  method: string,
  params: readonly RpcValue[],
  signal: AbortSignal,
) => Promise<unknown>;

/** The xmlrpc package, with what it lacks: a time limit, cancellation, a size limit and typed errors. */
export function createXmlRpcPost(config: RpcConfig): XmlRpcPost {
  const url = new URL(config.url);
  const secure = url.protocol === 'https:';
  const { agent, exceeded } = createLimitedAgent(secure, MAX_ANSWER_BYTES);
  const target = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    agent,
  };
  const prefix = url.pathname.replace(/\/+$/, '');
  const toError = (error: unknown) => {
    const response = typeof error === 'object' && error !== null ? Reflect.get(error, 'res') : undefined;
    if (exceeded(response?.socket)) {
      return new ServiceError('OutputInvalid', `Odoo's answer is over ${MAX_ANSWER_BYTES} bytes`);
    }
    return toServiceError(error, { secret: config.secret });
  };
  return (service, method, params, caller) =>
    withDeadline(
      config.timeoutMs,
      caller,
      (signal) =>
        new Promise((resolve, reject) => {
          // One client a call: it writes headers into its options, and hands `signal` and `agent` on to the request.
          const options = { ...target, path: `${prefix}/xmlrpc/2/${service}`, signal };
          const client = secure ? xmlrpc.createSecureClient(options) : xmlrpc.createClient(options);
          client.methodCall(method, params.map(toXmlRpcValue), (error: unknown, value: unknown) => {
            if (error) reject(toError(error));
            else resolve(value);
          });
        }),
    );
}
