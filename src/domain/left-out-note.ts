/** What ends a text of which a reader is shown only the beginning. */
export function leftOutNote(characters: number): string {
  return `[${characters} more characters left out]`;
}
