import ts from 'typescript';

/**
 * Lines of the catch clauses that hide what went wrong: without any statement or way out (return, throw, use of the
 * error), and without a comment that says why that is right.
 */
export function findHidingCatches(path: string, text: string): number[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCatchClause(node) && hides(node)) {
      lines.push(file.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

function hides({ block, variableDeclaration }: ts.CatchClause): boolean {
  const body = block.getText();
  if (/\/\/|\/\*/.test(body)) return false;
  if (block.statements.length === 0) return true;
  const error = variableDeclaration?.name.getText();
  const isUsed = error !== undefined && new RegExp(`\\b${error}\\b`).test(body);
  return !isUsed && !/\b(return|throw)\b/.test(body);
}
