// Types removed in place are a shortcut, and esbuild is the compiler of record: every cell of the corpus goes both ways,
// and what comes out is the same program, with the same lines. That it gives the same is in cell.test.ts.

import { globSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Node, parseSync } from 'oxc-parser';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { parseEverythingHere } from '../../runtime/parser.ts';
import { RUNS } from './corpus.ts';

const ROOT = join(import.meta.dirname, '../..');
const OURS = globSync('runtime/{asyncio,compile,cell/display}/**/*.ts', { cwd: ROOT });

// Texts that are long, but not deep.
parseEverythingHere();

describe('both ways of a cell', () => {
  test.each(RUNS.map(([name, cells]) => ({ name, cells })))('$name', async ({ cells }) => {
    for (const cell of cells) await compare(cell);
  });
  test.each(OURS)('%s', async (path) => compare(readFileSync(join(ROOT, path), 'utf8')));
});

async function compare(source: string): Promise<void> {
  const [inPlace, through] = (await Promise.all(
    (['in-place', 'esbuild'] as const).map(async (compiler) => {
      const { code, map } = await createCompiler({ compiler }).compileCell(source, { name: 'Cell [1]' });
      return read(code, map);
    }),
  )) as [Read, Read];
  expect(through.text).toEqual(inPlace.text);
  expect(through.lines).toEqual(inPlace.lines);
}

interface Read {
  /** The program, without what writes the same in another way. */
  readonly text: string;
  /** The line of the source for each call, in order. */
  readonly lines: readonly unknown[];
}

function read(code: string, map: string): Read {
  const { program, errors } = parseSync('a.js', code, { sourceType: 'script' });
  if (errors[0]) throw new Error(`${errors[0].message}\n${code}`);
  const places = new SourceMap(JSON.parse(map));
  const starts = [0];
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  const lines: unknown[] = [];
  const line = (offset: number): unknown => {
    const row = starts.findLastIndex((start) => start <= offset);
    const found = places.findEntry(row, offset - (starts[row] as number));
    return 'originalLine' in found ? found.originalLine + 1 : undefined;
  };
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => !isOfEsbuild(item)).map(plain);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return value;
    const node = simple(value as Node);
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && isPersons(node.callee))
      lines.push(line(node.callee.property.start));
    const entries = Object.entries(node).filter(([key]) => !WRITING.has(key));
    return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
  };
  return { text: JSON.stringify(plain(program), null, 1), lines };
}

/** How a value is written, and where. */
const WRITING: ReadonlySet<string> = new Set(['start', 'end', 'raw', 'regex', 'shorthand', 'parent', 'range']);

/** A call of a method that a person wrote: ours are those of `__cell` and `__co`. */
function isPersons({ object }: Node & { type: 'MemberExpression' }): boolean {
  return object.type !== 'Identifier' || !object.name.startsWith('__');
}

/** A node without parentheses, and without the call that keeps a function's name. */
function simple(node: Node): Node {
  if (node.type === 'ParenthesizedExpression') return simple(node.expression);
  if (node.type === 'CallExpression' && isName(node.callee)) return simple(node.arguments[0] as Node);
  if (node.type === 'Literal' && typeof node.value === 'string') return literal(node.value);
  // esbuild numbers a name that is bound twice, and knows the values of these.
  if (node.type === 'Identifier') return { ...node, name: node.name.replace(/\d+$/, '') };
  if (node.type === 'UnaryExpression' && node.operator === 'void' && node.argument.type === 'Literal')
    return { type: 'Identifier', name: 'undefined' } as Node;
  if (node.type === 'UnaryExpression' && node.operator === 'typeof' && simple(node.argument) !== node.argument)
    return literal('undefined');
  if (node.type === 'VariableDeclaration' && node.kind === 'let') return declared(node);
  const parts = partsOf(node);
  if (parts) return parts.length === 1 ? literal(String(parts[0])) : ({ type: 'TemplateLiteral', parts } as never);
  return node;
}

/** esbuild writes a function of a block as a variable. */
function declared(node: Node & { type: 'VariableDeclaration' }): Node {
  const [{ id, init } = { id: null, init: null }] = node.declarations;
  if (node.declarations.length !== 1 || init?.type !== 'FunctionExpression' || init.id !== null) return node;
  return { ...init, type: 'FunctionDeclaration', id } as unknown as Node;
}

/** The parts of a text, which esbuild joins: those of a template, and of two texts that are added. */
function partsOf(node: Node): (string | Node)[] | undefined {
  if (node.type === 'ParenthesizedExpression') return partsOf(node.expression);
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : undefined;
  if (node.type === 'TemplateLiteral') {
    return node.quasis.flatMap(({ value }, at) => [value.cooked ?? '', ...node.expressions.slice(at, at + 1)]);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const [left, right] = [partsOf(node.left), partsOf(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return [...left.slice(0, -1), `${left.at(-1)}${right[0]}`, ...right.slice(1)];
}

/** Lists of names are in the order of the walk, which differs, and have esbuild's among them. */
function literal(value: string): Node {
  const words = value.split(' ').filter((word) => !/^__(?:name|defProp)$/.test(word));
  const plain = words.map((word) => word.replace(/^([A-Za-z_$]+)\d+$/, '$1'));
  return { type: 'Literal', value: plain.sort().join(' ') } as Node;
}

function isName(node: Node): boolean {
  return node.type === 'Identifier' && node.name === '__name';
}

/** Statements that are nothing, and those by which esbuild keeps names. */
function isOfEsbuild(item: Node | null): boolean {
  switch (item?.type) {
    case 'EmptyStatement':
      return true;
    case 'ExpressionStatement':
      return item.expression.type === 'CallExpression' && isName(item.expression.callee);
    case 'StaticBlock':
      return item.body.length > 0 && item.body.every(isOfEsbuild);
    case 'VariableDeclaration':
      return item.declarations.every(({ id }) => id.type === 'Identifier' && /^__(?:name|defProp)$/.test(id.name));
    default:
      return false;
  }
}
