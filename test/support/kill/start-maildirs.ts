import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { openWatchedFolder } from '../../../src/mail/files/open-watched-folder.ts';
import { deliverToMaildir } from '../dovecot/deliver-to-maildir.ts';
import { countMarks, KILL_FOLDER, type KillServer, toKillAccount } from './kill-mailbox.ts';

/** Maildirs in a temporary folder. There are no requests to cut. */
export function startMaildirs(): KillServer {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-kill-'));
  return {
    async create(id) {
      const path = join(folder, id);
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(path, part), { recursive: true });
      const account = toKillAccount(id, { kind: 'files', files: { path, layout: 'maildir' } });
      const list = (home: string) =>
        ['cur', 'new'].flatMap((part) => {
          const names =
            readdirSync(path).includes(home) || home === '' ? readdirSync(join(path, home, part)) : [];
          return names.map((name) => ({
            folder: home === '' ? 'INBOX' : KILL_FOLDER,
            seen: /:2,.*S/.test(name),
            labelled: false,
          }));
        });
      return {
        account,
        deliver: async (messages) => deliverToMaildir(path, 'INBOX', messages),
        look: async () => countMarks([...list(''), ...list(`.${KILL_FOLDER}`)]),
        async open({ files }) {
          if (files === undefined) throw new ServiceError('InvalidInput', 'Not a Maildir');
          return openWatchedFolder(files);
        },
      };
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}
