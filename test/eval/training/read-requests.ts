import { readRows } from '../read-rows.ts';
import type { InjectionRow } from './read-injection-rows.ts';

/** Sentences of business mail as benign rows, many of them requests: to people, not to a machine. */
export async function readRequests(path: string): Promise<InjectionRow[]> {
  const { rows } = await readRows<{ readonly id: string; readonly text: string }>(path);
  return rows.map(({ id, text }) => ({ id, shape: 'email', isInjection: false, text, attack: undefined }));
}
