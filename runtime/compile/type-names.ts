// Which names of a file are types alone, as far as the file itself shows: exporting one exports nothing.

import type { Node } from 'oxc-parser';
import { isAmbient } from './erase-types.ts';
import { declaredBy } from './scopes.ts';

/** The names that a file's own statements declare or import, all of them without a value. */
export function typeNames(statements: readonly Node[]): Set<string> {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const statement of statements) {
    const names = isAmbient(statement) ? types : values;
    const node = ('declaration' in statement && (statement.declaration as Node | null)) || statement;
    const isType = node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration';
    for (const name of isType ? [node.id.name] : declaredBy(node)) names.add(name);
  }
  return types.difference(values);
}
