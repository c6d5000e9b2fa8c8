// The specifiers in a program: of which modules it speaks, in whatever form. Where they lead is found in kernel/language.

import { bareSpecifier } from '../../runtime/compile/registry-specifier.ts';
import { type Node, walk } from './syntax-nodes.ts';

/** The modules that a program names; TypeScript may find another file for `require` than for `import`. */
export interface Specifiers {
  readonly imports: readonly string[];
  readonly requires: readonly string[];
}

/** All specifiers in some statements, as they are found on disk: without registry and version. */
export function specifiersIn(statements: readonly Node[]): Specifiers {
  const imports = new Set<string>();
  const requires = new Set<string>();
  for (const { value, way } of literalsIn(statements))
    (way === 'import' ? imports : requires).add(bareSpecifier(value));
  return { imports: [...imports], requires: [...requires] };
}

/** The text with `'npm:zod@4'` as `'zod'`, which TypeScript can resolve, and spaces behind it, so that all stays in its place. */
export function withBareSpecifiers(text: string, statements: readonly Node[]): string {
  let written = text;
  for (const { value, start, end } of literalsIn(statements)) {
    const bare = bareSpecifier(value);
    if (bare === value) continue;
    written = written.slice(0, start) + `'${bare}'`.padEnd(end - start) + written.slice(end);
  }
  return written;
}

interface Literal {
  readonly value: string;
  readonly way: 'import' | 'require';
  readonly start: number;
  readonly end: number;
}

function literalsIn(statements: readonly Node[]): Literal[] {
  const found: Literal[] = [];
  const add = (way: Literal['way'], source: unknown) => {
    const { value, start, end } = (source ?? {}) as Partial<Node>;
    if (typeof value === 'string') found.push({ value, way, start: start as number, end: end as number });
  };
  walk(statements, (node) => {
    if (/^(?:(?:Import|Export\w+)(?:Declaration|Expression)|TSImportType)$/.test(node.type)) add('import', node.source);
    else if (node.type === 'TSExternalModuleReference') add('require', node.expression);
  });
  return found;
}
