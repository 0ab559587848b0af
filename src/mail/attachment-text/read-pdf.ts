import { getDocumentProxy } from 'unpdf';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { ReadText } from './read-text.ts';
import { Unreadable } from './unreadable.ts';

/** The text of a PDF page by page, in the order in which it was drawn. A scan has none. */
export async function readPdf(bytes: Uint8Array, limits: AttachmentLimits): Promise<ReadText> {
  // A copy: pdf.js takes no Buffer, and keeps what it is given. Fonts may hold programs; nothing is drawn here, so none is compiled.
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), {
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  }).catch(toUnreadable);
  try {
    const pages = Math.min(pdf.numPages, limits.maxPages);
    const texts: string[] = [];
    let length = 0;
    for (let number = 1; number <= pages && length <= limits.maxChars; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
      texts.push(text);
      length += text.length;
      page.cleanup();
    }
    const reason = pdf.numPages > limits.maxPages ? `only the first ${limits.maxPages} pages` : undefined;
    return { text: texts.join('\n\n'), reason };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function toUnreadable(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  throw new Unreadable(name === 'PasswordException' ? 'encrypted' : 'broken: not a whole PDF', {
    cause: error,
  });
}
