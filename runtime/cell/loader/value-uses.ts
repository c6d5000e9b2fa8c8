// Which names a TypeScript file uses as values: an import that is used for its type alone is none at run time.

import type { Node } from 'oxc-parser';
import { toldNames } from '../../compile/design-types.ts';
import { isAmbient } from '../../compile/erase-types.ts';

/** TypeScript's own nodes that hold values. All others are types. */
const WITH_VALUES = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSQualifiedName',
]);

/**
 * All names that stand for values somewhere, whichever scope they are of: an import that is hidden by another name is
 * taken for used. `export { … }` is no use. `metadata`: whether decorators tell the types of what they decorate.
 */
export function valueUses(statements: readonly Node[], metadata = false): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (isNode(value)) enter(value);
  };
  const enter = (node: Node): void => {
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') names.add(node.name);
    if (node.type === 'ImportDeclaration' || isAmbient(node)) return;
    if (node.type === 'ExportNamedDeclaration' && node.declaration === null) return;
    if (metadata && node.type === 'ClassDeclaration') for (const name of toldNames(node)) names.add(name);
    if (node.type.startsWith('TS') && !WITH_VALUES.has(node.type)) return;
    const unread = nameKey(node);
    for (const [key, child] of Object.entries(node)) if (key !== unread && key !== 'parent') visit(child);
  };
  visit(statements);
  return names;
}

/** The property of a node that holds a name which is read from nowhere. */
function nameKey(node: Node): string | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? undefined : 'property';
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return node.computed ? undefined : 'key';
    case 'TSImportEqualsDeclaration':
      return 'id';
    default:
      return undefined;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
