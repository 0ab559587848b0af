import { readRows } from '../read-rows.ts';

export interface InjectionRow {
  readonly id: string;
  readonly shape: 'email' | 'prompt';
  readonly isInjection: boolean;
  readonly text: string;
  /** The planted order, where the row names it. */
  readonly attack: string | undefined;
  /** What sort of order it is, where the row names it. */
  readonly kind?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly shape: 'email' | 'prompt';
  readonly label: string;
  readonly text: string;
  readonly attack?: string;
  readonly attack_type?: string | null;
}

export async function readInjectionRows(path: string): Promise<InjectionRow[]> {
  const { rows } = await readRows<Row>(path);
  return rows.map(({ id, shape, label, text, attack, attack_type: kind }) => ({
    id,
    shape,
    isInjection: label === 'injection',
    text,
    attack,
    kind: kind ?? undefined,
  }));
}
