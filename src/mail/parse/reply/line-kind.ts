/**
 * What a line of a mail is. `own`: said now. `thanks`: a closing that starts with thanks or a bare name, with what stands
 * under it; `farewell`: one that starts with a greeting. `signature`: below a `-- ` or a rule, or a device's line.
 * `introduction`: of a quote; `quote`: marked with `>`; `history`: an unmarked copy of what was said before.
 */
export type LineKind =
  | 'own'
  | 'blank'
  | 'thanks'
  | 'farewell'
  | 'signature'
  | 'introduction'
  | 'quote'
  | 'history';

/** Written by the person of this message, now. */
export function isWritten(kind: LineKind | undefined): boolean {
  return kind === 'own' || kind === 'thanks' || kind === 'farewell' || kind === 'signature';
}
