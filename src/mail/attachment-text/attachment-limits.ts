/** Hard bounds of reading what is attached. Over a bound the text is cut or left out, and the reason says so. */
export interface AttachmentLimits {
  /** Attachments of one message that are opened, in order, of those that can be read. */
  readonly maxFiles: number;
  /** Pictures of one message that are searched for QR codes, after everything else. */
  readonly maxPictures: number;
  /** Of one picture, as it declares. */
  readonly maxPixels: number;
  /** Bytes of one attachment; a larger one is not opened. */
  readonly maxFileBytes: number;
  /** UTF-16 units kept of one attachment. */
  readonly maxChars: number;
  /** UTF-16 units kept of all attachments of one message. */
  readonly maxTotalChars: number;
  readonly maxPages: number;
  readonly maxSheets: number;
  /** Of one sheet. */
  readonly maxRows: number;
  readonly maxZipEntries: number;
  /** Bytes that a DOCX or XLSX may unpack to, all entries together, as declared and as found. */
  readonly maxUnpackedBytes: number;
  /** For one attachment that is no picture; then its worker is ended. */
  readonly maxMs: number;
  /** For all attachments of a message: they have to fit into the step that reads it. */
  readonly maxTotalMs: number;
  /** For one picture; then its worker is ended. */
  readonly maxPictureMs: number;
  /** For all pictures of a message. */
  readonly maxPicturesMs: number;
  /** A message waits this long at most until its documents, or its pictures, are begun; else they are not read. */
  readonly maxWaitMs: number;
  readonly maxPictureWaitMs: number;
  /** Heap of the worker. */
  readonly maxHeapMb: number;
}

export const DEFAULT_ATTACHMENT_LIMITS: AttachmentLimits = {
  maxFiles: 8,
  maxPictures: 8,
  // A telephone's twelve megapixels take 0.33 s, most of it for the JPEG (two cores).
  maxPixels: 16_000_000,
  maxFileBytes: 10 * 1024 * 1024,
  maxChars: 50_000,
  maxTotalChars: 100_000,
  maxPages: 50,
  maxSheets: 10,
  maxRows: 2000,
  maxZipEntries: 2000,
  maxUnpackedBytes: 40 * 1024 * 1024,
  maxMs: 4_000,
  maxTotalMs: 5_000,
  maxPictureMs: 750,
  maxPicturesMs: 1_500,
  maxWaitMs: 15_000,
  maxPictureWaitMs: 2_000,
  maxHeapMb: 256,
};
