import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import type { SmtpSettings } from '../../../src/mail/smtp/smtp-settings.ts';
import { selfSigned } from './self-signed.ts';

export interface Postfix {
  readonly settings: SmtpSettings;
  stop(): Promise<void>;
}

const POSTFIX = '/usr/sbin/postfix';

/** Why Postfix cannot run here; undefined when it can. */
export function findPostfixObstacle(): string | undefined {
  if (!existsSync(POSTFIX)) return 'no Postfix (apt-get install postfix)';
  return process.getuid?.() === 0 ? undefined : 'Postfix needs root';
}

function mainCf(dir: string, relayPort: number): string {
  return `
compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
maillog_file = ${dir}/mail.log
maillog_file_prefixes = ${tmpdir()}
multi_instance_name = postfix-mailroom
multi_instance_enable = yes
myhostname = mx.example.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = static:ok
virtual_transport = smtp:[127.0.0.1]:${relayPort}
default_transport = error:5.4.4 no outside world in the lab
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${dir}/cert.pem
smtpd_tls_key_file = ${dir}/key.pem
smtpd_recipient_restrictions = check_recipient_access inline:{ {greylisted@example.test = 451 4.7.1 Greylisted} {full@example.test = 452 4.2.2 Mailbox full} {nouser@example.test = 550 5.1.1 No such user} {rate@example.test = 421 4.7.0 Too many} }, permit_mynetworks, reject
message_size_limit = 200000
smtpd_peername_lookup = no
disable_dns_lookups = yes
`;
}

const MASTER_CF = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const open = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return open;
}

/** A real Postfix on a free port that passes mail for example.test on to `relayPort`. */
export async function startPostfix(relayPort: number): Promise<Postfix> {
  const dir = await mkdtemp(join(tmpdir(), 'mailroom-postfix-'));
  // Its daemons run as another user and must get through.
  await chmod(dir, 0o755);
  await Promise.all(['queue', 'data'].map((folder) => mkdir(join(dir, folder))));
  const { key, cert } = await selfSigned();
  const port = await getPort({ host: '127.0.0.1' });
  await writeFile(join(dir, 'key.pem'), key, { mode: 0o600 });
  await writeFile(join(dir, 'cert.pem'), cert);
  await writeFile(join(dir, 'main.cf'), mainCf(dir, relayPort));
  await writeFile(join(dir, 'master.cf'), MASTER_CF(port));
  // data_directory must belong to mail_owner, whose number only the system knows.
  await once(spawn('chown', ['postfix', join(dir, 'data')]), 'exit');

  const master = spawn(POSTFIX, ['-c', dir, 'start-fg'], { stdio: 'ignore' });
  for (let tries = 0; tries < 200 && !(await isListening(port)); tries++) {
    if (master.exitCode !== null) throw new Error(`Postfix ended at once; see ${dir}/mail.log`);
    await delay(25);
  }
  return {
    settings: {
      host: '127.0.0.1',
      port,
      security: 'starttls',
      username: undefined,
      password: undefined,
      allowSelfSigned: true,
    },
    async stop() {
      await once(spawn(POSTFIX, ['-c', dir, 'stop'], { stdio: 'ignore' }), 'exit');
      if (master.exitCode === null && master.signalCode === null) await once(master, 'exit');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
