// Adapts what esbuild makes of a cell: the variables of enums and namespaces become the notebook's names, the import of
// JSX's functions becomes a call of the cell's loader, and all names of the notebook get their suffix.

import type { Node } from 'oxc-parser';
import { Edits } from './edits.ts';
import { usesIn } from './free-names.ts';
import { exportedName } from './imports.ts';
import { adaptKeptNames } from './kept-names.ts';
import { unsetInJavaScript } from './lexical.ts';
import { type Mappings, refine } from './maps.ts';
import { attempt } from './parse.ts';
import type { Names } from './rewrite.ts';
import { blockNames } from './scopes.ts';
import type { TopLevel } from './toplevel.ts';
import { type Use, type Writer, writerOf, writeUses } from './uses.ts';
import { writeOut } from './write-out.ts';

/** A cell's finished JavaScript. `mappings` lead from it to what esbuild made. */
export interface Finished {
  readonly code: string;
  readonly mappings: Mappings;
  readonly uses: readonly Use[];
}

/** The line before the text for esbuild, which leaves blocks their functions in strict code only. */
export const STRICT = '"use strict";\n';

/** Adapts esbuild's output for a cell. */
export function finishTopLevel(code: string, names: Names, { declares, lexical }: TopLevel): Finished {
  const { program } = attempt(code, ['js']);
  const body: readonly Node[] = program.body;
  const edits = new Edits(code);
  const writer = writerOf(edits);
  const own = new Set(declares);
  const theirs = body.filter((statement) => !adapt(writer, statement, names, own));
  const bound = blockNames(body, true).filter((name) => !own.has(name));
  adaptKeptNames(writer, theirs, names.own);
  const uses = usesIn(theirs, bound, ownNames(names));
  const ended = writeUses(writer, uses, { cell: names.cell, lexical: unsetInJavaScript(body, names, lexical) });
  const written = writeOut(edits, code, ended);
  return { code: written.code, mappings: refine(written.mappings, written.code, code), uses };
}

/** Adapts an import or a variable; true for a statement that is not the person's. */
function adapt({ replace }: Writer, statement: Node, names: Names, own: ReadonlySet<string>): boolean {
  if (statement.type === 'ImportDeclaration') {
    replace(statement.start, statement.end, loadJsx(statement, names));
    return true;
  }
  if (isStrict(statement)) {
    replace(statement.start, statement.end, '');
    return true;
  }
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') return false;
  const [declarator] = statement.declarations;
  if (declarator?.id.type !== 'Identifier' || !own.has(declarator.id.name)) return true;
  // `var A;` and the `var` of `var A = …`.
  if (declarator.init !== null) replace(statement.start, declarator.start, '');
  else replace(statement.start, statement.end, '');
  return declarator.init === null;
}

/** {@link STRICT}: a string of the person's that stands first follows it, or is the cell's result. */
function isStrict(statement: Node): boolean {
  return statement.type === 'ExpressionStatement' && statement.directive === 'use strict';
}

/** Whether a name is the compiler's. */
function ownNames({ cell, co, v, own, stop, yield: pause }: Names): (name: string) => boolean {
  const names = new Set([cell, co, v, stop, pause]);
  return (name) => names.has(name) || name.startsWith(own);
}

function loadJsx(node: Node & { type: 'ImportDeclaration' }, { cell, co, v, yield: pause }: Names): string {
  const bound = node.specifiers.map((specifier) => `${exportedName(specifier)}: ${specifier.local.name}`).join(', ');
  const path = JSON.stringify(node.source.value);
  return `const { ${bound} } = ((${v} = ${co}.start(1, ${cell}.import(${path}))) === ${co}.pending ? ${pause}(${v}) : ${v});`;
}
