// Reads one cell with the parser: the names it declares, mentions and imports. Knows nothing of other cells; rename.ts
// finds uses of a name's old value.

import { parseSync } from 'oxc-parser';
import { normalise } from '../../runtime/compile/parse.ts';

/** A node of the parsed tree: it has a type and a place; everything else is looked up by name. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** `variable` is let and var, which later cells may assign to; `other` is functions, classes, imports … */
export type DeclarationKind = 'variable' | 'constant' | 'type' | 'other';

export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** Jupyter's word for it. */
  readonly word: string;
  /** Whether the name is declared however early the cell fails: functions and types. */
  readonly early: boolean;
  /** Where the declaring statement (or declarator) ends. */
  readonly end: number;
  /** The documentation comment before it, or ''. */
  readonly documentation: string;
}

export interface Source {
  /** `ts` unless the cell only parses with JSX. */
  readonly language: 'ts' | 'tsx';
  /** The text for the server: the cell, in parentheses where it is an object literal. */
  readonly text: string;
  /** How many UTF-16 units of `text` come before the cell. */
  readonly shift: number;
  readonly body: readonly Node[];
  readonly declarations: readonly Declaration[];
  /** Names that the cell exports itself. */
  readonly exported: ReadonlySet<string>;
  /** All identifiers in it, whatever they mean. */
  readonly mentions: ReadonlySet<string>;
  /** The specifiers of its `import`, `export … from` and `import()`. */
  readonly imports: readonly string[];
  /** Whether an offset of the cell lies inside a string or a comment. */
  quiet(offset: number): boolean;
}

/** Reads a cell as runtime/compile does: an object literal is not a block. Undefined where the cell does not parse. */
export function readSource(given: string): Source | undefined {
  const code = normalise(given);
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
  const { program, errors, comments } = parseSync(`cell.${language}`, code, {
    sourceType: 'module',
    lang: language,
    astType: 'ts',
  });
  if (errors.some((error) => error.severity === 'Error')) return undefined;
  return { nodes: program.body as unknown as Node[], comments: comments as unknown as Node[] };
}

function describe(
  text: string,
  shift: number,
  language: 'ts' | 'tsx',
  parsed: NonNullable<ReturnType<typeof parse>>,
): Source {
  const declarations: Declaration[] = [];
  const exported = new Set<string>();
  for (const statement of parsed.nodes) {
    const inner = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement;
    if (!inner) continue;
    const documentation = commentBefore(text, parsed.comments, statement.start);
    for (const declaration of declared(inner, documentation)) {
      declarations.push(declaration);
      if (inner !== statement) exported.add(declaration.name);
    }
  }
  const mentions = new Set<string>();
  const imports: unknown[] = [];
  const quiet = [...parsed.comments];
  walk(parsed.nodes, (node) => {
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') mentions.add(node.name as string);
    if (/^(?:Import|Export\w+)(?:Declaration|Expression)$/.test(node.type))
      imports.push((node.source as Node | null)?.value);
    if (node.type === 'TemplateElement' || node.type === 'JSXText' || typeof node.value === 'string') quiet.push(node);
    return true;
  });
  return {
    language,
    text,
    shift,
    body: parsed.nodes,
    declarations,
    exported,
    mentions,
    imports: imports.filter((one) => typeof one === 'string'),
    quiet: (offset) => quiet.some((one) => isInside(one, offset + shift)),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  FunctionDeclaration: 'function',
  TSDeclareFunction: 'function',
  ClassDeclaration: 'class',
  TSEnumDeclaration: 'enum',
  TSModuleDeclaration: 'module',
  TSInterfaceDeclaration: 'interface',
  TSTypeAliasDeclaration: 'type',
};

function* declared(node: Node, documentation: string): Generator<Declaration> {
  const one = (name: Node | null | undefined, kind: DeclarationKind, early: boolean): Declaration[] =>
    name?.type === 'Identifier'
      ? [{ name: name.name as string, kind, early, word: WORDS[node.type] ?? 'variable', end: node.end, documentation }]
      : [];
  switch (node.type) {
    case 'VariableDeclaration':
      for (const declarator of node.declarations as Node[]) {
        const kind = node.kind === 'let' || node.kind === 'var' ? 'variable' : 'constant';
        for (const name of boundNames(declarator.id as Node))
          yield { name, kind, word: kind, early: node.declare === true, end: declarator.end, documentation };
      }
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return yield* one(node.id as Node | null, 'other', true);
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return yield* one(node.id as Node | null, 'type', true);
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      return yield* one(node.id as Node | null, 'other', false);
    case 'ImportDeclaration':
      for (const specifier of node.specifiers as Node[]) yield* one(specifier.local as Node, 'other', false);
      return;
    default:
      return;
  }
}

/** Whether an offset lies inside a comment or string. The end of a line comment does; the end of a string does not. */
function isInside({ type, start, end }: Node, offset: number): boolean {
  return start < offset && (type === 'Line' ? offset <= end : offset < end);
}

/** The names that a pattern binds. */
export function boundNames(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((property) =>
        boundNames((property.type === 'RestElement' ? property.argument : property.value) as Node),
      );
    case 'ArrayPattern':
      return (pattern.elements as (Node | null)[]).flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left as Node);
    case 'RestElement':
      return boundNames(pattern.argument as Node);
    default:
      return [];
  }
}

function commentBefore(text: string, comments: readonly Node[], start: number): string {
  const comment = comments.findLast(({ end }) => end <= start);
  if (!comment || text.slice(comment.end, start).trim() !== '') return '';
  const whole = text.slice(comment.start, comment.end);
  return whole.startsWith('/**') ? whole : '';
}

/** Visits nodes from the top; `enter` returns whether to visit the nodes inside. */
export function walk(value: unknown, enter: (node: Node, parent: Node | undefined) => boolean, parent?: Node): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, enter, parent);
  } else if (typeof value === 'object' && value !== null && typeof (value as Node).type === 'string') {
    const node = value as Node;
    if (!enter(node, parent)) return;
    for (const key in node) if (key !== 'parent') walk(node[key], enter, node);
  }
}
