/** No file that people write comes near it, and no parser's stack is in danger. */
const DEEPEST = 300;

/**
 * Whether YAML may nest deeper than a recursive parser survives: where the stack ends inside a regular expression, V8 ends the
 * process. Counts brackets that are open, and what a line begins with; linear.
 */
export function isNestedTooDeep(yaml: string): boolean {
  let open = 0;
  let start = 0;
  let isStart = true;
  for (let at = 0; at < yaml.length; at += 1) {
    const char = yaml[at];
    if (char === '\n') {
      start = 0;
      isStart = true;
    } else if (isStart && (char === ' ' || char === '-' || char === '?')) {
      start += 1;
    } else isStart = false;
    if (char === '[' || char === '{') open += 1;
    if ((char === ']' || char === '}') && open > 0) open -= 1;
    if (open > DEEPEST || start > DEEPEST) return true;
  }
  return false;
}
