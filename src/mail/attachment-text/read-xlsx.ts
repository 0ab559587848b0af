import readXlsxFile from 'read-excel-file/node';
import { assertZipFits } from './assert-zip-fits.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { ReadText } from './read-text.ts';

/** The cells of a workbook as lines with tabs between, each sheet under its name. Formulas give their stored result. */
export async function readXlsx(bytes: Uint8Array, limits: AttachmentLimits): Promise<ReadText> {
  assertZipFits(bytes, limits);
  const sheets = await readXlsxFile(Buffer.from(bytes));
  const reasons: string[] = [];
  if (sheets.length > limits.maxSheets) reasons.push(`only the first ${limits.maxSheets} sheets`);
  const texts = sheets.slice(0, limits.maxSheets).map(({ sheet, data }) => {
    if (data.length > limits.maxRows) reasons.push(`only the first ${limits.maxRows} rows of "${sheet}"`);
    const rows = data.slice(0, limits.maxRows).map((row) => row.map(toText).join('\t').trimEnd());
    return `${sheet}\n${rows.join('\n')}`;
  });
  return { text: texts.join('\n\n'), reason: reasons[0] };
}

function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).replace(/[\t\n\r]+/g, ' ');
}
