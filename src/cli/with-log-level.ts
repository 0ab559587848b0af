import type { Config } from '../config.ts';

/** A command's output is its answer: logs only from `level` on, unless LOG_LEVEL asks for more. */
export function withLogLevel(config: Config, level: Config['log']['level']): Config {
  return process.env.LOG_LEVEL === undefined ? { ...config, log: { ...config.log, level } } : config;
}
