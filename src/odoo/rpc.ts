/** What both transports can carry. No null: XML-RPC has none. */
export type RpcValue =
  | string
  | number
  | boolean
  | readonly RpcValue[]
  | { readonly [name: string]: RpcValue };

/** One call of a model method (`@api.model`: no record ids) with named arguments, `context` among them. */
export interface RpcCall {
  readonly model: string;
  readonly method: string;
  readonly params: { readonly [name: string]: RpcValue };
}

/**
 * The wire to Odoo: XML-RPC today, JSON-2 for servers without it. Throws `ServiceError`, or `signal.reason` when the
 * caller gives up. A call that failed as `Unavailable` may have been carried out.
 */
export interface Rpc {
  call(call: RpcCall, signal: AbortSignal): Promise<unknown>;
  /** Logs in anew and answers the server version, such as `19.0`. */
  ping(signal: AbortSignal): Promise<string>;
}
