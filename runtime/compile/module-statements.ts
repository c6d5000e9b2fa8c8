// A file's own statements: they stay what they are, without their types.

import type { ExportNamedDeclaration, ImportDeclaration, Node, Program } from 'oxc-parser';
import { find, isAmbient } from './erase-types.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { typeNames } from './type-names.ts';

/** Transforms all statements of a file. */
export function visitModule(rewrite: Rewrite, program: Program): void {
  // Top-level await is native in a file, as in an async function.
  const site: Site = { kind: 'async', cleanup: false };
  rewrite.ancestors.push(program);
  const types = typeNames(program.body as readonly Node[]);
  for (const statement of program.body as readonly Node[]) visitModuleStatement(rewrite, statement, site, types);
  rewrite.ancestors.pop();
}

function visitModuleStatement(rewrite: Rewrite, node: Node, site: Site, types: ReadonlySet<string>): void {
  if (isAmbient(node)) rewrite.replace(node.start, node.end, ';');
  else if (node.type === 'ImportDeclaration') eraseSpecifiers(rewrite, node.specifiers);
  else if (node.type === 'ExportNamedDeclaration' && !node.declaration)
    eraseSpecifiers(rewrite, node.specifiers, node.source ? undefined : types);
  else rewrite.visit(node, site);
}

/** Removes `type a` from what is imported or exported, and exported `types`. */
function eraseSpecifiers(
  rewrite: Rewrite,
  specifiers: ImportDeclaration['specifiers'] | ExportNamedDeclaration['specifiers'],
  types?: ReadonlySet<string>,
): void {
  specifiers.forEach((specifier, index) => {
    const kind = 'importKind' in specifier ? specifier.importKind : 'exportKind' in specifier && specifier.exportKind;
    if (kind !== 'type' && !(specifier.local.type === 'Identifier' && types?.has(specifier.local.name))) return;
    // With the comma after it, if there is one.
    const comma = find(rewrite.source, ',', specifier.end);
    const end = comma < find(rewrite.source, '}', specifier.end) ? comma + 1 : specifier.end;
    rewrite.replace(specifier.start, specifiers[index + 1]?.start ?? end, '');
  });
}
