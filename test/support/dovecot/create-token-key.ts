import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';

const ISSUER = 'https://login.example.test';

/**
 * A key of our own, written where the server looks for it (doc.dovecot.org, "Open Authentication v2.0 database",
 * local validation: `keys/<azp>/<alg>/<kid>`), and what signs tokens with it.
 */
export async function createTokenKey(
  dir: string,
): Promise<(user: string, seconds?: number) => Promise<string>> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const folder = join(dir, 'keys', 'default', 'RS256');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeFileSync(join(folder, 'default'), await exportSPKI(publicKey), { mode: 0o644 });
  const settings = [
    'introspection_mode = local',
    `local_validation_key_dict = fs:posix:prefix=${dir}/keys/`,
    'username_attribute = email',
    'scope = mail.read',
    `issuers = ${ISSUER}`,
  ];
  writeFileSync(join(dir, 'oauth2.conf.ext'), `${settings.join('\n')}\n`, { mode: 0o644 });
  return (user, seconds = 300) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ email: user, scope: 'mail.read' })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setSubject(user)
      .setIssuedAt(now - 10)
      .setNotBefore(now - 10)
      .setExpirationTime(now + seconds)
      .sign(privateKey);
  };
}
