// What the statements of a cell declare at its top level, with the documentation before each.

import { boundNames, type Node } from './syntax-nodes.ts';

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

/** The declarations of a cell. */
export interface Declared {
  readonly declarations: readonly Declaration[];
  /** Names that the cell exports itself. */
  readonly exported: readonly string[];
}

/** Collects the declarations of a text's statements, in order. */
export function declarationsIn(text: string, statements: readonly Node[], comments: readonly Node[]): Declared {
  const declarations: Declaration[] = [];
  const documentationOf = documentationIn(text, comments);
  const exported = new Set<string>();
  for (const statement of statements) {
    const inner = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement;
    if (!inner) continue;
    const documentation = documentationOf(statement.start);
    for (const declaration of declared(inner, documentation)) {
      declarations.push(declaration);
      if (inner !== statement) exported.add(declaration.name);
    }
  }
  return { declarations, exported: [...exported] };
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

/** Finds the documentation comment right before an offset, or ''. The offsets must come in order. */
function documentationIn(text: string, comments: readonly Node[]): (start: number) => string {
  let next = 0;
  return (start) => {
    while (next < comments.length && (comments[next] as Node).end <= start) next++;
    const comment = comments[next - 1];
    if (!comment || text.slice(comment.end, start).trim() !== '') return '';
    const whole = text.slice(comment.start, comment.end);
    return whole.startsWith('/**') ? whole : '';
  };
}
