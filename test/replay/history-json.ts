import { createRequire } from 'node:module';
import proto, { type temporal } from '@temporalio/proto';
import { patchProtobufRoot } from '@temporalio/proto/lib/patch-protobuf-root.js';

export type History = temporal.api.history.v1.IHistory;

interface ProtoJson {
  toJson(type: unknown, message: unknown): unknown;
  fromJson(type: unknown, json: unknown): History;
}

/**
 * The SDK's own historyToJSON and historyFromJSON fail where npm gives @temporalio/common and @temporalio/proto a copy
 * of protobufjs each: one does not know the types of the other. So the copy of the types' own package is asked.
 */
const here = createRequire(import.meta.url);
const protoJson = createRequire(here.resolve('@temporalio/proto'))('protobufjs/ext/protojson') as ProtoJson;
const root = patchProtobufRoot(proto) as unknown as { lookupType(name: string): unknown };
const historyType = root.lookupType('temporal.api.history.v1.History');

/** The JSON that the Temporal CLI and Web UI read too, without what tells about the machine that recorded it. */
export function toRecording(history: History): string {
  const message = proto.temporal.api.history.v1.History.fromObject(history);
  return `${JSON.stringify(protoJson.toJson(historyType, message), hideMachine, 1)}\n`;
}

export function parseRecording(text: string): History {
  return protoJson.fromJson(historyType, JSON.parse(text));
}

function hideMachine(key: string, value: unknown): unknown {
  if (key === 'identity') return 'recorder';
  if (key === 'stackTrace') return '';
  // A sticky queue is named <pid>@<host>-<queue>-<random>.
  return typeof value === 'string' && /^\d+@/.test(value) ? 'recorder-sticky' : value;
}
