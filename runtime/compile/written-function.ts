// The text of a function as the person wrote it, in JavaScript: what String(f) gives, and what people send to a page, a
// Worker or a vm. The compiled function calls what only its cell has.

import type { Node } from 'oxc-parser';
import type { FunctionPlace } from '../events.ts';
import { find, wordsBetween } from './erase-types.ts';
import { languagesOf } from './module.ts';
import { normalise } from './normalise.ts';
import { parse, parseCell } from './parse.ts';
import { childrenOf, createRewrite, type Rewrite, type Site } from './rewrite.ts';
import { type TsConfig, translate } from './typescript.ts';
import { enter } from './visit.ts';

/**
 * The function whose text begins at a place of its source. Undefined where there is none; a promise where esbuild has to
 * write a part of it.
 */
export function functionText(
  place: FunctionPlace,
  tsconfig?: TsConfig,
): string | undefined | Promise<string | undefined> {
  const { source, path, line, column } = place;
  const text = normalise(source);
  const parsed = path === undefined ? parseCell(text) : parse(text, languagesOf(path));
  const shift = 'shift' in parsed ? (parsed.shift as number) : 0;
  const lines = text.split('\n').slice(0, line - 1);
  const offset = lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1 + shift;
  const found = functionAt(parsed.source, parsed.program, offset);
  if (found === undefined) return undefined;
  const rewrite = createRewrite(
    parsed,
    { target: 'module', checks: false, file: '', resolve: () => undefined, assignsFields: false },
    enter,
  );
  rewrite.visit(found.node, found.site);
  eraseDecorators(rewrite, found.node);
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
function functionAt(source: string, node: Node, offset: number): Found | undefined {
  for (const child of childrenOf(node)) {
    if (child.start > offset || child.end <= offset) continue;
    const inner = functionAt(source, child, offset);
    if (inner) return inner;
  }
  // A map may lead to the `export` before it.
  const head = 'declaration' in node ? (node.declaration as Node | null) : node;
  if (!head) return undefined;
  const made = isMethod(head) ? head.value : head;
  const body = 'body' in made ? (made.body as Node | null) : null;
  if (!isFunctionLike(made) || !body || 'length' in body || offset >= body.start) return undefined;
  return { node: head, start: isMethod(head) ? methodStart(source, head) : head.start, site: SITE };
}

/** What decorators did is done, and lies outside of the text, as with those of older TypeScript. V8 has no syntax for them. */
function eraseDecorators({ edits, needs }: Pick<Rewrite, 'edits' | 'needs'>, node: Node): void {
  if (!needs.has('esbuild')) return;
  if (node.type === 'Decorator') edits.remove(node.start, node.end);
  else for (const child of childrenOf(node)) eraseDecorators({ edits, needs }, child);
}

type Method = Node & { readonly type: 'MethodDefinition' | 'Property' };

/** Where a method's text begins: what stands before (static, public, decorators) is not part of it. */
function methodStart(source: string, method: Method): number {
  const { key, computed } = method;
  const decorators = method.type === 'MethodDefinition' ? method.decorators : [];
  const from = Math.max(method.start, ...decorators.map(({ end }) => end));
  const word = wordsBetween(source, from, key.start).find((found) => PART_OF_TEXT.has(found.word));
  const star = find(source, '*', from);
  const name = computed ? find(source, '[', from) : key.start;
  return word?.start ?? Math.min(star, name);
}

const PART_OF_TEXT = new Set(['async', 'get', 'set']);

function isMethod(node: Node): node is Method {
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

/** The text after esbuild's part. A method is translated inside a class, because alone it is not valid code. */
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
