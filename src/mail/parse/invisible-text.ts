/** Marks of direction that reorder what is shown (UAX 9), and letters that show nothing. */
const INVISIBLE =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e0fff}]/gu;
/** Joiners shape Indic and Arabic letters and emoji; between Latin letters they only break words. */
const JOINERS = /(?<=[\t\n -\u024f]|^)[\u200c\u200d]{1,1000}/gu;
/** Flags of England and the like are made of tag letters (UTS 51). */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu;
const FLAG_HOLDER = '\ue0ff';

export interface VisibleText {
  readonly text: string;
  /** Something was taken out that can hide words or turn them round. */
  readonly hidden: boolean;
}

/** Text without characters that a reader does not see and a model does: zero width, direction, tag letters. */
export function removeInvisible(text: string): VisibleText {
  // Soft hyphens and a byte order mark are typesetting.
  const flags: string[] = [];
  const held = text.replaceAll(FLAG_HOLDER, '').replace(FLAG, (flag) => {
    flags.push(flag);
    return FLAG_HOLDER;
  });
  const clean = held.replace(INVISIBLE, '').replace(JOINERS, '');
  const hidden = clean.length !== held.replace(/[\u00ad\ufeff\u200e\u200f]/g, '').length;
  return { text: clean.replaceAll(FLAG_HOLDER, () => flags.shift() ?? ''), hidden };
}
