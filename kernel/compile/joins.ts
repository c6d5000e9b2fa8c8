// Where a line goes on with the one above although it begins with a bracket or a template: most often a `;` is missing.

import { find } from '../../runtime/compile/erase-types.ts';
import { type Node, walk } from './syntax-nodes.ts';

/** A place where two lines were probably meant to be two statements. */
export interface Join {
  /** What JavaScript takes the second line for. */
  readonly as: 'an index' | 'a call' | 'a template';
  /** Where the bracket or the template begins. */
  readonly at: number;
  /** The statement that both lines are in. */
  readonly start: number;
  readonly end: number;
}

/** All such places in a text. */
export function joinsIn(text: string, nodes: readonly Node[]): Join[] {
  const joins: Join[] = [];
  const statements: Node[] = [];
  walk(nodes, (node) => {
    if (/Statement$|Declaration$/.test(node.type)) statements.push(node);
    const [before, as] = partsOf(node);
    if (before === undefined || as === undefined || node.optional === true) return;
    const from = ((node.typeArguments as Node | null | undefined) ?? before).end;
    const at = find(text, as === 'an index' ? '[' : as === 'a call' ? '(' : '`', from);
    if (!text.slice(from, at).includes('\n')) return;
    const around = statements.findLast(({ start, end }) => start <= node.start && end >= node.end);
    // Who goes on in the next line on purpose indents it.
    if (around && indentAt(text, at) <= indentAt(text, around.start))
      joins.push({ as, at, start: around.start, end: around.end });
  });
  return joins;
}

/** The white space at the start of an offset's line, as its length. */
function indentAt(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return line.length - line.trimStart().length;
}

/** What comes before the bracket or the template of an expression that has one. */
function partsOf(node: Node): readonly [before?: Node, as?: Join['as']] {
  if (node.type === 'MemberExpression' && node.computed === true) return [node.object as Node, 'an index'];
  if (node.type === 'CallExpression') return [node.callee as Node, 'a call'];
  if (node.type === 'TaggedTemplateExpression') return [node.tag as Node, 'a template'];
  return [];
}
