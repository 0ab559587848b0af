/** Why a pull failed, as it is stored: the sentence, and behind a line break the fix where one is known. */
export function joinPullError(message: string, fix: string | undefined): string {
  const sentence = message.replaceAll('\n', ' ');
  return fix === undefined ? sentence : `${sentence}\n${fix}`;
}

export function splitPullError(stored: string): { reason: string; fix: string | undefined } {
  const cut = stored.indexOf('\n');
  return cut < 0
    ? { reason: stored, fix: undefined }
    : { reason: stored.slice(0, cut), fix: stored.slice(cut + 1) };
}
