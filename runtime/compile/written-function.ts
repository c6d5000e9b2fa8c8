// The text of a function as the person wrote it, in JavaScript: what String(f) gives, and what people send to a page, a
// Worker or a vm. The compiled function calls what only its cell has.

import type { Node } from 'oxc-parser';
import type { FunctionPlace } from '../events.ts';
import { languagesOf } from './module.ts';
import { normalise, parse, parseCell } from './parse.ts';
import { childrenOf, createRewrite, type Rewrite, type Site } from './rewrite.ts';
import { type TsConfig, translate } from './typescript.ts';
import { enter } from './visit.ts';

/** The function whose text begins at a place of its source. Undefined where there is none. */
export async function functionText(place: FunctionPlace, tsconfig?: TsConfig): Promise<string | undefined> {
  const { source, path, line, column } = place;
  const text = normalise(source);
  const parsed = path === undefined ? parseCell(text) : parse(text, languagesOf(path));
  const shift = 'shift' in parsed ? (parsed.shift as number) : 0;
  const lines = text.split('\n').slice(0, line - 1);
  const offset = lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1 + shift;
  const found = functionAt(parsed.program, offset);
  if (found === undefined) return undefined;
  const rewrite = createRewrite(
    parsed,
    { target: 'module', checks: false, file: '', resolve: () => undefined, assignsFields: false },
    enter,
  );
  rewrite.visit(found.node, found.site);
  const written = rewrite.edits.slice(found.start, found.node.end);
  return rewrite.needs.has('esbuild') ? translated(found, written, rewrite, tsconfig) : written;
}

interface Found {
  readonly node: Node;
  readonly start: number;
  readonly site: Site;
}

/** Code of a cell may await anywhere. */
const SITE: Site = { kind: 'async', cleanup: false };

/** The innermost function or class whose head, all before its body, holds an offset. */
function functionAt(node: Node, offset: number): Found | undefined {
  for (const child of childrenOf(node)) {
    if (child.start > offset || child.end <= offset) continue;
    const inner = functionAt(child, offset);
    if (inner) return inner;
  }
  const made = 'value' in node && isMethod(node) ? (node.value as Node) : node;
  const body = 'body' in made ? (made.body as Node | null) : null;
  if (!isFunctionLike(made) || !body || 'length' in body || offset >= body.start) return undefined;
  // What stands before a method's name (static, public, decorators) is none of its text.
  return { node, start: made === node ? node.start : offset, site: SITE };
}

function isMethod(node: Node): boolean {
  return node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method || node.kind !== 'init'));
}

function isFunctionLike({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' ||
    type === 'FunctionExpression' ||
    type === 'ArrowFunctionExpression' ||
    type === 'ClassDeclaration' ||
    type === 'ClassExpression'
  );
}

/** What esbuild makes of it: of a method as one of a class, because it is none by itself. */
async function translated(
  { node }: Found,
  text: string,
  { needs }: Rewrite,
  tsconfig?: TsConfig,
): Promise<string | undefined> {
  const [open, close] = 'value' in node ? ['(class {', '})'] : ['(', ')'];
  try {
    const how = { jsx: needs.has('jsx'), tsconfig, keepNames: false };
    const { code } = await translate(`${open}${text}${close}`, how, []);
    const end = code.lastIndexOf(close);
    return code.slice(code.indexOf(open) + open.length, end).trim();
  } catch {
    return undefined;
  }
}
