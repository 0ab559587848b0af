const QUOTE_DEPTH = /^>*/;
const SIGNATURE = '-- ';

/** Joins the soft-broken lines of format=flowed text (RFC 3676 4.2), each quote depth by itself. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let pieces: string[] = [];
  let depth = 0;
  const flush = (): void => {
    if (pieces.length > 0) out.push(prefix(depth) + pieces.join(''));
    pieces = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const marks = QUOTE_DEPTH.exec(line)?.[0].length ?? 0;
    const unquoted = line.slice(marks);
    const content = unquoted.startsWith(' ') ? unquoted.slice(1) : unquoted;
    if (marks !== depth || content === SIGNATURE) flush();
    depth = marks;
    const soft = content.endsWith(' ') && content !== SIGNATURE;
    pieces.push(soft && deleteSpace ? content.slice(0, -1) : content);
    if (!soft) flush();
  }
  flush();
  return out.join('\n');
}

function prefix(depth: number): string {
  return depth === 0 ? '' : `${'>'.repeat(depth)} `;
}
