import type { Config } from '../config.ts';

/** A command's output is its answer: logs only from `level` on, unless the environment names a LOG_LEVEL. */
export function withLogLevel(
  config: Config,
  level: Config['log']['level'],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  return env.LOG_LEVEL === undefined ? { ...config, log: { ...config.log, level } } : config;
}
