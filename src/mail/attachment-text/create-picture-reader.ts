import type { AttachmentText } from '../../domain/message.ts';
import type { AttachmentFile } from './attachment-file.ts';
import type { AttachmentLimits } from './attachment-limits.ts';
import type { AttachmentReader } from './create-attachment-reader.ts';
import { createFileOpener } from './create-file-opener.ts';
import { createPictureQueue } from './create-picture-queue.ts';
import { notRead } from './not-read.ts';
import { readPictureSize } from './picture-size.ts';

const MAX_START_MS = 5_000;
/** With less no picture is begun. */
const MIN_LEFT_MS = 50;
/** UTF-16 units of the codes of one picture; eight of the largest kind have more, and no link has. */
const MAX_CHARS = 10_000;
const BUSY = 'not searched: too many others were';
/** A GIF of nothing, for which the decoder is loaded. */
const FIRST: AttachmentFile = {
  filename: '',
  contentType: '',
  bytes: Buffer.from('GIF89a'.padEnd(24, '\0')),
};

/**
 * Searches pictures for QR codes, in one thread and in what little time they have: a picture that takes all of it, and
 * a queue of such mails, cost a message `maxPictureWaitMs`, `maxPicturesMs` and the start of a thread, never more.
 */
export function createPictureReader(limits: AttachmentLimits): AttachmentReader {
  const opener = createFileOpener(limits, 1, FIRST);
  const queue = createPictureQueue(limits.maxPictureWaitMs);

  async function search(files: readonly AttachmentFile[]): Promise<AttachmentText[]> {
    const found: AttachmentText[] = [];
    await opener.start(MAX_START_MS);
    const end = performance.now() + limits.maxPicturesMs;
    for (const file of files) {
      // A picture that took too long has ended the thread, and another starts on the time of its mail.
      if (found.length > 0) await opener.start(end - performance.now());
      const leftMs = Math.ceil(end - performance.now());
      const maxMs = Math.min(limits.maxPictureMs, leftMs);
      const reason = `not searched: over ${limits.maxPicturesMs / 1000} s for the pictures before it`;
      found.push(
        leftMs < MIN_LEFT_MS ? notRead(reason) : await opener.open(file, { maxChars: MAX_CHARS, maxMs }),
      );
    }
    return found;
  }

  return {
    async read(files, signal) {
      const refusals = files.map((file, index) => refuse(file, index, limits));
      const searched = files.filter((_, index) => refusals[index] === undefined);
      const found = searched.length === 0 ? [] : await queue.run(() => search(searched), signal);
      const answers = (found ?? searched.map(() => notRead(BUSY))).values();
      return refusals.flatMap((reason) =>
        reason === undefined ? (answers.next().value ?? []) : notRead(reason),
      );
    },
    close: () => opener.close(),
  };
}

/** Why a picture is not searched, told without a thread. */
function refuse({ bytes }: AttachmentFile, index: number, limits: AttachmentLimits): string | undefined {
  if (index >= limits.maxPictures) return `only the first ${limits.maxPictures} pictures are opened`;
  const size = readPictureSize(bytes);
  if (size === undefined) return 'a picture of a kind that is not searched';
  if (size.width * size.height > limits.maxPixels) return `over ${limits.maxPixels} pixels`;
  return bytes.length > limits.maxFileBytes ? `over ${limits.maxFileBytes} bytes` : undefined;
}
