import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateMail } from './generate-mail.ts';

/** Fills a folder with `count` generated messages, one .eml each. */
export async function writeMailFolder(folder: string, count: number, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    await writeFile(join(folder, `${String(index).padStart(6, '0')}.eml`), generateMail(seed, index));
  }
}
