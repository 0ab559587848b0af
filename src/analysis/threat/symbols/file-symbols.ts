import type { RawFacts, RawFile } from '../../../domain/raw-facts.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import { type Closedness, findClosedness } from './closed-file.ts';
import { listArchive } from './list-archive.ts';

const PROGRAM =
  /\.(?:exe|scr|pif|com|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|lnk|iso|img|vhdx?|msi|msix|appx|ps1|psm1|jar|chm|cpl|reg|scf|url|dll|one|xll|ace|library-ms|application|gadget|inf|sct)$/i;
const DOUBLE = /\.(?:pdf|docx?|xlsx?|pptx?|txt|jpe?g|png|gif|csv|html?|zip)\s{0,80}\.[a-z0-9]{2,4}$/i;
const MACRO = /\.(?:docm|dotm|xlsm|xltm|xlam|pptm|ppam|xlsb)$/i;
const ARCHIVE = /\.(?:zip|rar|7z|gz|tgz|cab|arj|tar|bz2|xz)$/i;
const PAGE = /\.(?:s?html?|xhtml|svg|mht)$/i;
const SMUGGLING =
  /\b(?:atob|unescape|createObjectURL|msSaveOrOpenBlob|msSaveBlob|fromCharCode)\s{0,3}\(|new\s{1,5}(?:Blob|Uint8Array)\s{0,3}\(/i;
const PASSWORD_FIELD = /<input\b[^<>]{0,300}\btype\s{0,3}=\s{0,3}["']?password/i;

const CLOSED: Readonly<Record<Closedness, readonly [name: string, score: number, reason: string]>> = {
  macros: ['FILE_MACROS', 3, 'a document with macros'],
  'document under a password': [
    'FILE_ENCRYPTED',
    2,
    'a document under a password, which nobody can look into',
  ],
  'archive under a password': [
    'ARCHIVE_ENCRYPTED',
    2.5,
    'an archive under a password, which nobody can look into',
  ],
  'unlisted archive': ['ARCHIVE_UNSEEN', 1.5, 'an archive of a kind that cannot be looked into'],
};

/** What attachments are and hold: programs, double endings, macros, archives in archives, pages that build files. */
export function fileSymbols({ html, files }: RawFacts): ThreatSymbol[] {
  const found = new Map<string, ThreatSymbol>();
  const add = (name: string, score: number, reason: string) => {
    if (!found.has(name)) found.set(name, { name, score, reason });
  };
  for (const file of files) judgeFile(file, add);
  if (/<script\b/i.test(html) && SMUGGLING.test(html))
    add('HTML_SMUGGLING', 5, 'its HTML builds a file by script');
  if (PASSWORD_FIELD.test(html)) add('FORM_ASKS_PASSWORD', 4, 'its HTML asks for a password');
  return [...found.values()];
}

type Add = (name: string, score: number, reason: string) => void;

function judgeFile({ filename, head }: RawFile, add: Add): void {
  if (PROGRAM.test(filename)) add('FILE_PROGRAM', 6, `a program attached (${endingOf(filename)})`);
  else if (head[0] === 0x4d && head[1] === 0x5a)
    add('FILE_PROGRAM_DISGUISED', 7, 'a program under the name of another file');
  if (DOUBLE.test(filename) && PROGRAM.test(filename))
    add('FILE_DOUBLE_ENDING', 2, 'a file with a double ending');
  if (MACRO.test(filename)) add('FILE_MACROS', 3, `a document with macros (${endingOf(filename)})`);
  if (PAGE.test(filename)) judgePage(new TextDecoder('latin1').decode(head), add);
  const closed = findClosedness(head);
  if (closed !== undefined) add(...CLOSED[closed]);
  const entries = listArchive(head);
  if (entries === 'unreadable') add('ARCHIVE_UNREADABLE', 1, 'an archive that cannot be listed');
  else judgeEntries(entries, ARCHIVE.test(filename), add);
}

function judgeEntries(entries: readonly string[], isArchive: boolean, add: Add): void {
  const program = entries.find((entry) => PROGRAM.test(entry));
  if (program !== undefined)
    add('ARCHIVE_HOLDS_PROGRAM', 5, `a program in an archive (${endingOf(program)})`);
  if (isArchive && entries.some((entry) => ARCHIVE.test(entry)))
    add('ARCHIVE_NESTED', 2, 'an archive in an archive');
  if (entries.some((entry) => entry.endsWith('vbaProject.bin')))
    add('FILE_MACROS', 3, 'a document with macros');
}

function judgePage(source: string, add: Add): void {
  const scripted = /<script\b/i.test(source);
  if (scripted && SMUGGLING.test(source))
    add('HTML_SMUGGLING', 5, 'an attached page builds a file by script');
  if (PASSWORD_FIELD.test(source)) add('FORM_ASKS_PASSWORD', 4, 'an attached page asks for a password');
  else if (scripted) add('FILE_SCRIPTED_PAGE', 2.5, 'an attached page with scripts');
}

function endingOf(filename: string): string {
  return /\.[a-z0-9-]{1,12}$/i.exec(filename)?.[0].toLowerCase() ?? '';
}
