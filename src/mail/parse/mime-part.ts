import type { HeaderFields } from './header-fields.ts';
import type { HeaderParams } from './header-params.ts';

/** One node of the MIME tree (RFC 2045, 2046). */
export interface MimePart {
  readonly fields: HeaderFields;
  readonly contentType: HeaderParams;
  readonly disposition: HeaderParams;
  /** Lower-case Content-Transfer-Encoding; empty when there is none. */
  readonly encoding: string;
  /** The bytes of a leaf as sent, a view of the source; empty for a multipart. */
  readonly body: Buffer;
  readonly children: readonly MimePart[];
}
