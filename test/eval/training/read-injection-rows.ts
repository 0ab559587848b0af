import { readRows } from '../read-rows.ts';

export interface InjectionRow {
  readonly id: string;
  readonly shape: 'email' | 'prompt';
  readonly isInjection: boolean;
  readonly text: string;
  /** The planted order, where the row names it. */
  readonly attack: string | undefined;
}

interface Row {
  readonly id: string;
  readonly shape: 'email' | 'prompt';
  readonly label: string;
  readonly text: string;
  readonly attack?: string;
}

export async function readInjectionRows(path: string): Promise<InjectionRow[]> {
  const { rows } = await readRows<Row>(path);
  return rows.map(({ id, shape, label, text, attack }) => ({
    id,
    shape,
    isInjection: label === 'injection',
    text,
    attack,
  }));
}
