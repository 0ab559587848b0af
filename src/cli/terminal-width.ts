const WITHOUT_TERMINAL = 100;
const NARROWEST = 60;
const WIDEST = 160;

/** Columns that a table may fill. */
export function terminalWidth(): number {
  const columns = process.stdout.columns as number | undefined;
  return Math.min(Math.max(columns ?? WITHOUT_TERMINAL, NARROWEST), WIDEST);
}

/** How many columns a text fills: East Asian wide letters and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/\p{M}/u.test(letter)) continue;
    width += WIDE.test(letter) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
