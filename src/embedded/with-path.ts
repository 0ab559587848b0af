/** The command with PATH set to `path` and the rest of our environment kept; unchanged when `path` is undefined. */
export function withPath(path: string | undefined, command: readonly string[]): readonly string[] {
  return path === undefined ? command : ['/usr/bin/env', `PATH=${path}`, ...command];
}
