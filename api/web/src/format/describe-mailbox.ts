import type { Account } from '../../../schemas/account.ts';
import { formatDuration } from './format-duration.ts';

const KINDS: Record<Account['kind'], string> = {
  imap: 'IMAP',
  graph: 'Microsoft 365',
  gmail: 'Gmail',
  files: 'Files',
};

/** What an account reads, in a line: `IMAP · imap.example.org · INBOX, Orders`. */
export function describeMailbox({ kind, imap, graph, gmail, files }: Account): string {
  const places = [
    ...(imap === null ? [] : [imap.host, imap.folders.join(', ')]),
    ...(graph === null ? [] : [graph.mailbox, graph.folders.join(', ')]),
    ...(gmail === null ? [] : [gmail.labels.join(', ')]),
    ...(files === null ? [] : [files.path]),
    ...(kind === 'files' && files === null ? ['imports only'] : []),
  ];
  return [KINDS[kind], ...places].join(' · ');
}

export function describePace({ mode, pullEverySeconds }: Account): string {
  if (mode === 'manual') return 'On demand';
  const every = `Every ${formatDuration(pullEverySeconds)}`;
  return mode === 'auto' ? every : `${every}, and on demand`;
}
