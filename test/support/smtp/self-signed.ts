import { generate } from 'selfsigned';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

let made: Promise<KeyPair> | undefined;

async function make(): Promise<KeyPair> {
  const altNames = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const extensions = [{ name: 'subjectAltName' as const, altNames }];
  const pair = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', extensions });
  return { key: pair.private, cert: pair.cert };
}

/** A key and a certificate for localhost that no authority signed; made once a process. */
export function selfSigned(): Promise<KeyPair> {
  made ??= make();
  return made;
}
