// The cases in the generator form, made from the async form: `coroutine(async () => { await x })` becomes
// `coroutine(function* () { yield* x })`. What has no such form is left out, and named with its reason.
import MagicString from 'magic-string';
import { type Node, parseSync } from 'oxc-parser';

/** The library's functions that take a body. */
const TAKERS = new Set(['coroutine', 'asyncGenerator', 'taskGroup', 'timeout', 'timeoutAt', 'cancelScope']);

/** What became of one file. */
export interface GeneratorForm {
  readonly text: string;
  /** `Class.test_name` → why it has no generator form. */
  readonly without: Readonly<Record<string, string>>;
}

/** Rewrites a file of cases. */
export function generatorForm(file: string, source: string): GeneratorForm {
  const text = new MagicString(source);
  const without: Record<string, string> = {};
  for (const statement of parseSync(file, source).program.body as readonly Node[]) {
    const cases = casesOf(statement);
    if (cases === undefined) {
      const reason = obstacle(statement);
      if (reason !== undefined) throw new Error(`${file}: a helper has no generator form: ${reason}`);
      rewrite(statement, text, false);
    }
    for (const property of cases?.properties ?? []) {
      const reason = obstacle(property.value);
      if (reason === undefined) rewrite(property.value, text, false);
      else {
        without[`${cases?.name}.${property.name}`] = reason;
        text.overwrite(property.value.start, property.value.end, 'undefined');
      }
    }
  }
  return { text: text.toString(), without };
}

interface Cases {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly value: Node }[];
}

/** `export const LockTests = { test_repr: … }`. */
function casesOf(statement: Node): Cases | undefined {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration')
    return undefined;
  const [declarator] = statement.declaration.declarations;
  if (declarator?.id.type !== 'Identifier' || declarator.init?.type !== 'ObjectExpression') return undefined;
  const properties = declarator.init.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier'
      ? [{ name: property.key.name, value: property.value }]
      : [],
  );
  return { name: declarator.id.name, properties };
}

/** Why a case has no generator form. */
function obstacle(node: Node): string | undefined {
  if (node.type === 'ForOfStatement' && node.await) return 'for await';
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') return 'await using';
  for (const child of childrenOf(node)) {
    const reason = obstacle(child);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** `lowered`: the innermost function around the node is a generator now. `name`: what the node is declared as. */
function rewrite(node: Node, text: MagicString, lowered: boolean, name = ''): void {
  if (node.type === 'AwaitExpression' && lowered) {
    text.overwrite(node.start, node.start + 'await'.length, '(yield*');
    text.appendLeft(node.end, ')');
  }
  const takes = node.type === 'CallExpression' && node.callee.type === 'Identifier' && TAKERS.has(node.callee.name);
  for (const child of childrenOf(node)) {
    if (!isFunction(child)) {
      rewrite(child, text, lowered, node.type === 'VariableDeclarator' ? nameIn(node, text.original) : '');
      continue;
    }
    const lower = takes && child.async;
    for (const inner of childrenOf(child)) rewrite(inner, text, lower);
    // Last: where an expression is the body, its end is that of an await in it.
    if (lower) header(child, text, name);
  }
}

/** The name that people would give the generator; one that it calls itself by is the coroutine function's. */
function nameIn({ id, init }: Extract<Node, { type: 'VariableDeclarator' }>, source: string): string {
  if (id.type !== 'Identifier' || !init) return '';
  return source.slice(init.start, init.end).search(new RegExp(`\\b${id.name}\\(`)) >= 0 ? '' : id.name;
}

interface FunctionNode {
  readonly type: 'ArrowFunctionExpression' | 'FunctionExpression';
  readonly start: number;
  readonly end: number;
  readonly async: boolean;
  readonly generator: boolean;
  readonly body: Node | null;
}

function isFunction(node: Node): node is Node & FunctionNode {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/** `async (x) => value` becomes `function* name(x) { return (value); }`; an `async function*` loses its `async`. */
function header(node: FunctionNode, text: MagicString, name: string): void {
  if (node.type === 'FunctionExpression') {
    const head = node.generator ? 'async function' : 'async function*';
    text.overwrite(node.start, node.start + 'async function'.length, head.slice('async '.length));
    return;
  }
  const body = node.body?.start ?? node.end;
  const arrow = text.original.lastIndexOf('=>', body);
  text.overwrite(node.start, node.start + 'async'.length, `function* ${name}`);
  if (node.body?.type === 'BlockStatement') {
    text.remove(arrow, arrow + '=>'.length);
    return;
  }
  text.overwrite(arrow, arrow + '=>'.length, '{ return (');
  text.appendLeft(node.end, '); }');
}
