import { readRows } from '../../eval/read-rows.ts';
import { readMailTexts } from '../../eval/training/read-mail-texts.ts';

/** Ordinary English: the ham of a folder of mail, and the sentences of a file of requests. */
export async function readProse(mail: string | undefined, requests: string | undefined): Promise<string[]> {
  const letters = mail === undefined ? [] : (await readMailTexts(mail)).map(({ text }) => text);
  const { rows } =
    requests === undefined ? { rows: [] } : await readRows<{ readonly text: string }>(requests);
  return [...letters, ...rows.map(({ text }) => text)];
}

/** Words that stand in lower case in at least three texts. */
export function countCommon(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const words = text.match(/(?<![\p{L}\p{N}_.'@/-])\p{Ll}{2,20}(?![\p{L}\p{N}_(@/-]|\.\w)/gu) ?? [];
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 2).map(([word]) => word);
}
