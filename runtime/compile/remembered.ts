// What the compiler remembers of the cells before one: which names mean exports of cokernel, and which names there are.

import type { Node, Program } from 'oxc-parser';
import { type LibraryNames, namesAfter } from './cokernel-names.ts';
import { hoistedNames } from './hoisted-names.ts';
import { declaredBy } from './scopes.ts';

/** What is remembered. */
export interface Remembered {
  readonly library: LibraryNames;
  /** The names that cells declared, as values or as types; a list for each cell. */
  readonly declared: readonly (readonly string[])[];
}

/** Before the first cell. */
export const NOTHING: Remembered = { library: new Map(), declared: [] };

/** What is remembered after a cell. */
export function remember(program: Program, { library, declared }: Remembered): Remembered {
  return { library: namesAfter(program, library), declared: [...declared, namesOf(program.body)] };
}

/** Whether a cell declared a name. */
export function isDeclared({ declared }: Remembered, name: string): boolean {
  return declared.some((names) => names.includes(name));
}

function namesOf(body: readonly Node[]): readonly string[] {
  const names = hoistedNames(body);
  for (const statement of body) {
    declaredBy(statement, names);
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration && isType(declaration)) names.push(declaration.id.name);
  }
  return names;
}

function isType(node: Node): node is Node & { readonly id: { readonly name: string } } {
  return (
    node.type === 'TSInterfaceDeclaration' ||
    node.type === 'TSTypeAliasDeclaration' ||
    (node.type === 'TSDeclareFunction' && node.id !== null)
  );
}
