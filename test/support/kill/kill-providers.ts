import { findDovecot } from '../dovecot/find-dovecot.ts';
import { startKillGmail } from './start-kill-gmail.ts';
import { startKillGraph } from './start-kill-graph.ts';
import { startKillImap } from './start-kill-imap.ts';

const dovecot = findDovecot();

/** Those that are asked over a connection: name, why it cannot be run here, how it is started. */
export const KILL_PROVIDERS = [
  ['imap', 'skipped' in dovecot ? dovecot.skipped : undefined, startKillImap],
  ['graph', undefined, startKillGraph],
  ['gmail', undefined, startKillGmail],
] as const;
