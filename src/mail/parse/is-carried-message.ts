/** Whether a part of that type is a message of its own (RFC 2046 5.2.1, RFC 6532 3.7). */
export function isCarriedMessage(contentType: string): boolean {
  return contentType === 'message/rfc822' || contentType === 'message/global';
}
