import { readCalendar } from '../../../src/mail/parse/calendar-events.ts';
import { decodeText } from '../../../src/mail/parse/decode-text.ts';
import { openTnef } from '../../../src/mail/parse/open-tnef.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows, readSource } from '../read-rows.ts';

interface Row {
  readonly id: string;
  readonly kind: 'tnef' | 'ics';
}

/** Opens winmail.dat files and calendar objects; decoded: something that a person can use came out. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows, folder } = await readRows<Row>(test);
    const misses: string[] = [];
    let crashes = 0;
    let files = 0;
    let events = 0;
    for (const { id, kind } of rows) {
      const bytes = await readSource(folder, id);
      try {
        const found = kind === 'tnef' ? readTnef(bytes) : readIcs(bytes);
        files += found.files;
        events += found.events;
        if (!found.decoded) misses.push(id);
      } catch {
        crashes++;
        misses.push(id);
      }
    }
    return {
      cases: rows.length,
      crashes,
      decoded: (rows.length - misses.length) / rows.length,
      files,
      events,
      misses,
    };
  },
};

function readTnef(bytes: Buffer) {
  const content = openTnef(bytes);
  const files = content?.files.length ?? 0;
  return { decoded: files > 0 || Boolean(content?.text ?? content?.html), files, events: 0 };
}

function readIcs(bytes: Buffer) {
  const { events, kinds } = readCalendar(decodeText(bytes, 'utf-8').text);
  return { decoded: kinds.length > 0, files: 0, events: events.length };
}
