/** Why an attachment has no text: the message is shown to people as it is. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
