import { ServiceError } from '../domain/service-error.ts';
import { createKeyedLock } from './create-keyed-lock.ts';
import { createXmlRpcPost } from './create-xml-rpc-post.ts';
import type { Rpc } from './rpc.ts';
import type { RpcConfig } from './rpc-config.ts';

/** XML-RPC (`/xmlrpc/2`): in every Odoo up to 19. Logs in once, and once more when a call is refused the login. */
export function createXmlRpc(config: RpcConfig): Rpc {
  const { database, username, secret } = config;
  const post = createXmlRpcPost(config);
  const lock = createKeyedLock();
  let session: number | undefined;

  const login = async (signal: AbortSignal) => {
    const uid = await post('common', 'authenticate', [database, username, secret, {}], signal);
    if (typeof uid === 'number') return uid;
    // A wrong password is no fault here: Odoo answers false.
    throw new ServiceError('AuthenticationFailed', 'Odoo refused the username, password or API key', {
      fix: 'Check ODOO_USERNAME and ODOO_SECRET',
    });
  };
  const getSession = (refused: number | undefined, signal: AbortSignal) =>
    lock('login', async () => {
      if (session === undefined || session === refused) {
        session = undefined;
        session = await login(signal);
      }
      return session;
    });

  return {
    call: async ({ model, method, params }, signal) => {
      const execute = (uid: number) =>
        post('object', 'execute_kw', [database, uid, secret, model, method, [], params], signal);
      const uid = session ?? (await getSession(undefined, signal));
      try {
        return await execute(uid);
      } catch (error) {
        // Refused before the method ran, so a repeat cannot do it twice.
        if (!(error instanceof ServiceError) || error.type !== 'AuthenticationFailed') throw error;
        return execute(await getSession(uid, signal));
      }
    },
    ping: async (signal) => {
      await getSession(session, signal);
      const version = await post('common', 'version', [], signal);
      const text =
        typeof version === 'object' && version !== null ? Reflect.get(version, 'server_version') : '';
      return String(text);
    },
  };
}
