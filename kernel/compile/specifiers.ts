// The specifiers in a program: of which modules it speaks, in whatever form. Where they lead is found in kernel/language.

import { type Node, walk } from './syntax-nodes.ts';

/** The modules that a program names; TypeScript may find another file for `require` than for `import`. */
export interface Specifiers {
  readonly imports: readonly string[];
  readonly requires: readonly string[];
}

/** All specifiers in some statements. */
export function specifiersIn(statements: readonly Node[]): Specifiers {
  const imports = new Set<string>();
  const requires = new Set<string>();
  const add = (into: Set<string>, source: unknown) => {
    const value = (source as Node | null | undefined)?.value;
    if (typeof value === 'string') into.add(value);
  };
  walk(statements, (node) => {
    if (/^(?:(?:Import|Export\w+)(?:Declaration|Expression)|TSImportType)$/.test(node.type)) add(imports, node.source);
    else if (node.type === 'TSExternalModuleReference') add(requires, node.expression);
  });
  return { imports: [...imports], requires: [...requires] };
}
