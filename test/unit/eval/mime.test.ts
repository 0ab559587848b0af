import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { task as attachments } from '../../eval/tasks/attachments.ts';
import { task as mime } from '../../eval/tasks/mime.ts';

const options = (folder: string) => ({
  train: undefined,
  test: join(import.meta.dirname, '../../fixtures/eval', folder),
  field: undefined,
  seed: 1,
});

describe('the measured parse', () => {
  it('reads its own few sources as their rows say', async () => {
    expect(await mime.run(options('mime'))).toMatchObject({
      cases: 3,
      crashes: 0,
      subject: 1,
      from: 1,
      body: 1,
      attachments: 1,
      bySource: { own: { subject: 1, fromName: 1 } },
    });
  });

  it('opens its own winmail.dat and invitation', async () => {
    expect(await attachments.run(options('attachments'))).toMatchObject({
      cases: 2,
      crashes: 0,
      decoded: 1,
      files: 1,
      events: 1,
    });
  });
});
