/** Shorter ones are found within ordinary words: to blank them out garbles the sentence and still tells them. */
const SHORTEST = 4;

/** Words of another side without our secret, should they repeat it. */
export function maskSecret(words: string, secret: string | undefined): string {
  if (secret === undefined || secret === '' || !words.includes(secret)) return words;
  return secret.length < SHORTEST
    ? '(its words hold the secret and are not shown)'
    : words.replaceAll(secret, '***');
}
