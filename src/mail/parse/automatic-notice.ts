const MAX_CHARS = 8000;

/** Layouts of programs that report failures under an ordinary sender and subject. */
const LAYOUTS: readonly RegExp[] = [
  /could not be delivered to:? {0,3}<[^\s<>]{1,320}>/i,
  /^ {0,3}(?:sent <<<|received >>>) /im,
  /^ {0,3}error message below:\s{1,5}[45]\d\d/im,
  /"notificationType\\?":\\?"Bounce\\?"/,
];
const FAILED =
  /undeliver(?:able|ed)|(?:could not|couldn't|was not|wasn't|not) be(?:en)? delivered|not delivered|unable to deliver|delivery (?:has )?failed/i;
const ANSWERED = /(?<![\d.])[45]\d\d[ -]{1,3}(?:[45]\.\d\.\d{1,3}|<[^\s<>]{1,320}>)/;

/** A program's mail reads as a report of failed delivery. Asked of programs only: people quote such reports. */
export function readsAsBounce(text: string): boolean {
  const head = text.slice(0, MAX_CHARS);
  return LAYOUTS.some((layout) => layout.test(head)) || (FAILED.test(head) && ANSWERED.test(head));
}
