import { fileURLToPath } from 'node:url';
import { readTextFile } from '../taxonomy/read-text-file.ts';
import { type PromptText, parsePrompt } from './parse-prompt.ts';

const DEFAULT_PATH = fileURLToPath(new URL('./default-prompt.txt', import.meta.url));
const FIX = 'Name a readable text file in MAILROOM_PROMPT (or after --prompt), or leave it out.';

/** Reads the prompt in force, once at start. Without `path`: ours. Throws `InvalidInput` when it is missing or wrong. */
export function loadPrompt(path: string = DEFAULT_PATH): PromptText {
  return parsePrompt(readTextFile(path, { name: `The prompt ${path}`, fix: FIX }), path);
}
