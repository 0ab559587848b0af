import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const GREENMAIL_VERSION = '2.1.13';
const FIX = 'run test/support/greenmail/install.sh';

/** The jar in the local Maven repository, or why tests against it are skipped. */
export function findGreenmail(): { readonly jar: string } | { readonly skipped: string } {
  const name = `greenmail-standalone-${GREENMAIL_VERSION}.jar`;
  const repository = process.env.MAVEN_REPOSITORY ?? join(homedir(), '.m2', 'repository');
  const jar = join(repository, 'com', 'icegreen', 'greenmail-standalone', GREENMAIL_VERSION, name);
  if (!existsSync(jar)) return { skipped: `no GreenMail (${FIX})` };
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
  } catch {
    return { skipped: 'no Java for GreenMail (apt-get install default-jre-headless)' };
  }
  return { jar };
}
