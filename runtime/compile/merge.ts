// Adapts what esbuild leaves at a cell's top level: the variables of enums and namespaces become the notebook's names,
// and the import of JSX's functions becomes a call of the cell's loader. Edits keep every line where it is.

import MagicString from 'magic-string';
import type { Node } from 'oxc-parser';
import { exportedName } from './imports.ts';
import { attempt } from './parse.ts';
import type { Names } from './rewrite.ts';

/** Adapts esbuild's output for a cell that declares `declares`. */
export function finishTopLevel(code: string, names: Names, declares: readonly string[]): string {
  const { program } = attempt(code, ['js']);
  const edits = new MagicString(code);
  const own = new Set(declares);
  for (const statement of program.body as readonly Node[]) {
    if (statement.type === 'ImportDeclaration') {
      edits.update(statement.start, statement.end, loadJsx(statement, names));
    } else if (statement.type === 'VariableDeclaration' && statement.kind === 'var') {
      const [declarator] = statement.declarations;
      if (declarator?.id.type !== 'Identifier' || !own.has(declarator.id.name)) continue;
      // `var A;` and the `var` of `var A = …` are replaced by as many blanks, so that columns stay the same.
      if (declarator.init === null) edits.update(statement.start, statement.end, blank(statement));
      else edits.update(statement.start, declarator.start, ' '.repeat(declarator.start - statement.start));
    }
  }
  return edits.toString();
}

function blank(node: Node): string {
  return ' '.repeat(node.end - node.start);
}

function loadJsx(node: Node & { type: 'ImportDeclaration' }, { cell, co, v, yield: pause }: Names): string {
  const bound = node.specifiers.map((specifier) => `${exportedName(specifier)}: ${specifier.local.name}`).join(', ');
  const path = JSON.stringify(node.source.value);
  return `const { ${bound} } = ((${v} = ${co}.start(1, ${cell}.import(${path}))) === ${co}.pending ? ${pause}(${v}) : ${v});`;
}
