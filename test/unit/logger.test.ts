import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { createLogger } from '../../src/logger.ts';

function record(format: 'json' | 'pretty' = 'json', level: 'info' | 'silent' = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ log: { level, format } }, { write: (line: string) => void lines.push(line) });
  return { logger, lines };
}

describe('createLogger', () => {
  it('writes one JSON object a line: time, level, constant message, fields', () => {
    const { logger, lines } = record();
    logger.info({ accountId: 'support', count: 3 }, 'Messages fetched');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      accountId: 'support',
      count: 3,
      msg: 'Messages fetched',
    });
  });

  it.each(['json', 'pretty'] as const)('keeps secrets and bodies out of %s at any usual depth', (format) => {
    const { logger, lines } = record(format);
    const secrets = {
      password: 'hunter2',
      authorization: 'Bearer hunter2',
      'set-cookie': 'hunter2',
      apiKey: 'hunter2',
      token: 'hunter2',
      secret: 'hunter2',
      raw: 'hunter2',
      text: 'hunter2',
      html: 'hunter2',
      body: { deep: 'hunter2' },
      'X-Api-Key': 'hunter2',
      refresh_token: 'hunter2',
      list: [{ Password: 'hunter2' }],
      url: 'postgres://u:hunter2@db/mail',
      bytes: Buffer.from('hunter2'),
    };
    logger.info({ ...secrets, a: secrets, b: { c: secrets, d: { e: secrets } } }, 'Request');
    logger.child({ req: { headers: secrets } }).info('Child');
    logger.error({ err: Object.assign(new Error('failed'), { config: secrets }) }, 'Error');
    logger.error(new Error('postgres://u:hunter2@db', { cause: Object.assign(new Error('x'), secrets) }));
    expect(lines).toHaveLength(4);
    expect(lines.join('')).toContain('[redacted]');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('shows an error with its type, message and stack', () => {
    const { logger, lines } = record('pretty');
    logger.error(
      { err: new ServiceError('Unavailable', 'The server is away', { details: { port: 25 } }) },
      'Send failed',
    );
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} ERROR Send failed err=\{.*"port":25.*\}\n {4}\S*Error: The server/,
    );
  });

  it('survives cycles, dates and class instances', () => {
    const { logger, lines } = record();
    const cycle: Record<string, unknown> = { at: new Date(0), url: new URL('https://a.example/') };
    cycle.self = cycle;
    logger.info({ cycle }, 'Round');
    expect(lines[0]).toContain('1970-01-01T00:00:00.000Z');
  });

  it('is silent when told so', () => {
    const { logger, lines } = record('json', 'silent');
    logger.fatal('nothing');
    expect(lines).toEqual([]);
  });
});
