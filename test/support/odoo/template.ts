import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `build-template.ts` left in the install folder: `template/cluster`, `template/data` and these facts. */
export interface Template {
  readonly database: string;
  /** Of the cluster's owner. */
  readonly postgresPassword: string;
  /** Of the user `admin`; serves as JSON-2 bearer and as XML-RPC password. */
  readonly apiKey: string;
}

export async function readTemplate(dir: string): Promise<Template> {
  return JSON.parse(await readFile(join(dir, 'template', 'template.json'), 'utf8')) as Template;
}
