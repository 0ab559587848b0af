import { expect, it } from 'vitest';
import { createOutageLog } from '../../src/create-outage-log.ts';

it('says once that a level is out, and once that it is back after a minute without a failure', () => {
  let now = 0;
  const said: string[] = [];
  const say = (kind: string) => (fields: object) => void said.push(`${kind} ${JSON.stringify(fields)}`);
  const log = createOutageLog({ warn: say('warn'), info: say('info') }, () => now);
  log.answered('redis');
  for (let lookup = 0; lookup < 100; lookup++) {
    now += 1000;
    log.failed('redis', new Error('away'));
    // It finds, and cannot save.
    log.answered('redis');
  }
  log.failed('postgres', new Error('away'));
  now += 59_999;
  log.answered('redis');
  expect(said).toEqual(['warn {"cache":"redis","err":{}}', 'warn {"cache":"postgres","err":{}}']);
  now += 1;
  log.answered('redis');
  log.answered('redis');
  log.failed('redis', new Error('away'));
  expect(said.slice(2)).toEqual(['info {"cache":"redis"}', 'warn {"cache":"redis","err":{}}']);
});
