/** One attachment with its decoded bytes, before anything is known of them. */
export interface AttachmentFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
