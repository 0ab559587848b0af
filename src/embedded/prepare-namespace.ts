import { connect } from 'node:net';
import { Connection } from '@temporalio/client';

const TIMEOUT_MS = 2000;

// temporal.api.enums.v1.IndexedValueType
const INDEXED_TYPES: Readonly<Record<string, number>> = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
};

/**
 * Whether a Temporal server answers for the namespace and knows the search attributes there. Adds those that are
 * missing: start-dev registers its flags only when it creates the namespace. Never rejects.
 */
export async function prepareNamespace(
  address: string,
  namespace: string,
  searchAttributes: Readonly<Record<string, string>>,
): Promise<boolean> {
  if (!(await listens(address))) return false;
  const connection = await Connection.connect({ address, connectTimeout: TIMEOUT_MS }).catch(() => undefined);
  if (!connection) return false;
  try {
    return await connection.withDeadline(Date.now() + TIMEOUT_MS, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
      if (missing.length === 0) return true;
      const types = missing.map(([name, type]) => [name, INDEXED_TYPES[type] ?? 0] as const);
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(types),
      });
      return false;
    });
  } catch {
    // NOT_FOUND and UNAVAILABLE alike mean "not yet"; the caller's time limit tells a real fault.
    return false;
  } finally {
    await connection.close();
  }
}

/** A plain TCP look first: a gRPC channel that met a closed port backs off for a second. */
function listens(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const finish = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
