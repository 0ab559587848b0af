import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
import { readRows, readSource } from '../read-rows.ts';
import type { InjectionRow } from './read-injection-rows.ts';

const TEXT_CAP = 4000;

/** Ordinary mail as benign rows: nobody in 2002 wrote to a language model. */
export async function readMailTexts(path: string): Promise<InjectionRow[]> {
  const { rows, folder } = await readRows<{ readonly id: string; readonly label: string }>(path);
  const found: InjectionRow[] = [];
  for (const { id, label } of rows) {
    if (label !== 'ham') continue;
    const { subject, visibleText } = await readMessage(await readSource(folder, id), DEFAULT_READ_LIMITS);
    const text = `${subject}\n${visibleText.slice(0, TEXT_CAP)}`;
    found.push({ id, shape: 'email', isInjection: false, text, attack: undefined });
  }
  return found;
}
