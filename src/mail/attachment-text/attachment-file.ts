/** One attachment with its decoded bytes, before anything is known of them. */
export interface AttachmentFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** One of a message. */
export interface ReadableFile extends AttachmentFile {
  /** Its place among the attachments. */
  readonly index: number;
}
