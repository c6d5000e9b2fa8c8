// Reads one cell with the parser: the names it declares, mentions and imports, and where things are in it. Knows nothing
// of other cells. The result is plain data, because a long cell is read in another process (compile-process.ts).

import { normalise } from '../../runtime/compile/normalise.ts';
import { parseText } from '../../runtime/parser.ts';
import { type Declared, declarationsIn } from './declarations.ts';
import { givenNames } from './given-names.ts';
import { type Join, joinsIn } from './joins.ts';
import { readsOf } from './reads.ts';
import { specifiersIn, withBareSpecifiers } from './specifiers.ts';
import { type Node, walk } from './syntax-nodes.ts';

/** A cell as the language service knows it. */
export interface Source extends Declared {
  /** `ts` unless the cell only parses with JSX. */
  readonly language: 'ts' | 'tsx';
  /** The text for the server: the cell, in parentheses where it is an object literal, and with bare specifiers. */
  readonly text: string;
  /** How many UTF-16 units of `text` come before the cell. */
  readonly shift: number;
  /** All identifiers in it, whatever they mean, each once. */
  readonly mentions: readonly string[];
  /** The names that it puts on the global object, where all cells and packages see them. */
  readonly given: readonly string[];
  /** The specifiers of its `import`, `export … from`, `import()` and `typeof import()`. */
  readonly imports: readonly string[];
  /** The specifiers of its `import x = require()`. */
  readonly requires: readonly string[];
  /** The strings and comments, as parts of `text`. */
  readonly quiet: readonly Part[];
  /** The calls, outer ones first: where the callee ends, and where the call ends, in `text`. */
  readonly calls: readonly (readonly [calleeEnd: number, end: number])[];
  /** Where a line goes on with the one above, and was probably not meant to. Offsets in `text`. */
  readonly joins: readonly Join[];
  /** Declared name → the offsets in `text` where the cell reads it before it declares it. */
  readonly earlyReads: readonly (readonly [name: string, offsets: readonly number[]])[];
}

/** A part of a text. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** A line comment: its end is still inside it. */
  readonly line: boolean;
}

/** Whether an offset of the cell lies inside a string or a comment. */
export function isQuiet({ quiet, shift }: Source, offset: number): boolean {
  const at = offset + shift;
  return quiet.some(({ start, end, line }) => start < at && (line ? at <= end : at < end));
}

/** Reads a cell as runtime/compile does: an object literal is not a block. Undefined where the cell does not parse. */
export function readSource(cell: string): Source | undefined {
  try {
    return read(normalise(cell));
  } catch (error) {
    if (error instanceof RangeError) return undefined; // Parsed, but too deep for the walks.
    throw error;
  }
}

function read(code: string): Source | undefined {
  if (code.trimStart().startsWith('{') && !code.trimEnd().endsWith(';')) {
    const wrapped = `(${code}\n)`;
    for (const language of ['ts', 'tsx'] as const) {
      const parsed = parse(wrapped, language);
      if (parsed && isObjectLiteral(parsed.nodes)) return describe(wrapped, 1, language, parsed);
    }
  }
  for (const language of ['ts', 'tsx'] as const) {
    const parsed = parse(code, language);
    if (parsed) return describe(code, 0, language, parsed);
  }
  return undefined;
}

function isObjectLiteral(nodes: readonly Node[]): boolean {
  const inner = ((nodes[0]?.expression as Node | undefined)?.expression as Node | undefined)?.type;
  return nodes.length === 1 && inner === 'ObjectExpression';
}

function parse(
  code: string,
  language: 'ts' | 'tsx',
): { readonly nodes: readonly Node[]; readonly comments: readonly Node[] } | undefined {
  const { program, errors, comments } = parseText(`cell.${language}`, code, {
    sourceType: 'module',
    lang: language,
    astType: 'ts',
  });
  // With a tree, it is for the compiler to say whether it minds, and the type checker tells the rest.
  if (errors.some((error) => error.severity === 'Error') && program.body.length === 0) return undefined;
  return { nodes: program.body as unknown as Node[], comments: comments as unknown as Node[] };
}

function describe(
  text: string,
  shift: number,
  language: 'ts' | 'tsx',
  parsed: NonNullable<ReturnType<typeof parse>>,
): Source {
  const declarations = declarationsIn(text, parsed.nodes, parsed.comments);
  const mentions = new Set<string>();
  const given = new Set<string>();
  const calls: [number, number][] = [];
  const quiet = parsed.comments.map(({ type, start, end }) => ({ start, end, line: type === 'Line' }));
  walk(parsed.nodes, (node) => {
    const { type, start, end } = node;
    if (type === 'Identifier' || type === 'JSXIdentifier') mentions.add(node.name as string);
    if (type === 'TemplateElement' || type === 'JSXText' || typeof node.value === 'string')
      quiet.push({ start, end, line: false });
    for (const name of givenNames(node)) given.add(name);
    if (node.callee) calls.push([(node.callee as Node).end, end]);
  });
  return {
    language,
    text: withBareSpecifiers(text, parsed.nodes),
    shift,
    ...declarations,
    mentions: [...mentions],
    given: [...given],
    ...specifiersIn(parsed.nodes),
    quiet,
    calls,
    joins: joinsIn(text, parsed.nodes),
    earlyReads: readsOf(parsed.nodes, declarations.declarations),
  };
}
