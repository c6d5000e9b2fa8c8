// The functions, loops and try statements of a source, as lines. Only pictures need them, so the parser is loaded on
// first use.

import type { Node } from 'oxc-parser';
import { parseText } from '../../parser.ts';

/** A range of lines, counted from 1, both ends included. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** A piece of the text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What a source is made of. */
export interface CodeBlocks {
  readonly tries: readonly Node[];
  readonly functions: readonly (Piece & { readonly name: string })[];
  readonly loops: readonly Piece[];
  /** The line of an offset. */
  readonly lineAt: (offset: number) => number;
}

const known = new Map<string, CodeBlocks>();
const MOST_KNOWN = 50;

/** The blocks of a source; none if it cannot be parsed. */
export function codeBlocks(source: string): CodeBlocks {
  let found = known.get(source);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    found = read(source);
    known.set(source, found);
  }
  return found;
}

function read(source: string): CodeBlocks {
  const found = { tries: [] as Node[], functions: [] as (Piece & { name: string })[], loops: [] as Piece[] };
  const [ts, tsx] = (['ts', 'tsx'] as const).map((lang) => () => parseText(`cell.${lang}`, source, { lang }));
  let parsed = ts?.();
  if (parsed === undefined || parsed.errors.length > 0) parsed = tsx?.();
  const open: [node: unknown, name: string][] = [[parsed?.program, '']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, given] = next;
    if (typeof node !== 'object' || node === null) continue;
    const { type, id, key } = node as { readonly type?: unknown; readonly id?: Named; readonly key?: Named };
    const name = id?.name ?? key?.name ?? '';
    if (type === 'TryStatement') found.tries.push(node as Node);
    else if (typeof type === 'string' && /Function/.test(type)) {
      found.functions.push({ ...(node as Piece), name: name === '' ? given : name });
    } else if (typeof type === 'string' && /^(For|While|DoWhile).*Statement$/.test(type))
      found.loops.push(node as Piece);
    // `const f = async () => …`, `f = coroutine(async () => …)` and `f: () => …` name their function.
    const passes =
      type === 'VariableDeclarator' || type === 'Property' || type === 'MethodDefinition' || Array.isArray(node);
    const inner = passes ? (name === '' ? given : name) : type === 'CallExpression' ? given : '';
    for (const one of Object.values(node)) open.push([one, inner]);
  }
  return { ...found, lineAt: linesOf(source) };
}

interface Named {
  readonly name?: string;
}

function linesOf(source: string): (offset: number) => number {
  const starts = [
    0,
    ...Array.from(source.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ 0: end, index }) => index + end.length),
  ];
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
