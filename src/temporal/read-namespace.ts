import { isGrpcServiceError } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

/** temporal.api.enums.v1.IndexedValueType */
export const KEYWORD_TYPE = 2;
/** grpc status NOT_FOUND */
const NOT_FOUND = 5;

export interface NamespaceFacts {
  readonly retentionMs: number;
  /** Custom search attributes by name; the value is their IndexedValueType. */
  readonly searchAttributes: ReadonlyMap<string, number>;
}

/** What the server has; undefined when it has no such namespace. */
export async function readNamespace(
  connection: NativeConnection,
  namespace: string,
): Promise<NamespaceFacts | undefined> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return {
      retentionMs: Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000,
      searchAttributes: new Map(Object.entries(customAttributes)),
    };
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined;
    throw error;
  }
}
