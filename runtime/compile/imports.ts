// Turns the imports of a cell into calls of the cell's loader, which resolves from the notebook's folder.

import type { ImportDeclaration, Node, StringLiteral, TSImportEqualsDeclaration } from 'oxc-parser';
import { awaitText } from './await.ts';
import { leftmost } from './bound-names.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { writeImport } from './uses.ts';

/**
 * `import d, { a as b } from 'x'` → the module awaited, then `__cell.bind(namespace, 'x', { d: 'default', b: 'a' })`.
 * `own` are the names that the cell's other statements declare.
 */
export function visitImport(
  rewrite: Rewrite,
  node: ImportDeclaration,
  site: Site,
  declares: Set<string>,
  own: ReadonlySet<string>,
): void {
  if (node.phase) rewrite.fail(node, `'import ${node.phase}' is not supported: write import`);
  const bound: string[] = [];
  const twice: (readonly [name: string, exported: string])[] = [];
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
    const { name } = specifier.local;
    const exported = exportedName(specifier);
    if (own.has(name)) {
      if (exported === '*') rewrite.fail(specifier, `Identifier \`${name}\` has already been declared`);
      twice.push([name, exported]);
      continue;
    }
    declares.add(name);
    bound.push(`${name}: ${JSON.stringify(exported)}`);
  }
  const { cell } = rewrite.names;
  const loaded = onlyTypes(rewrite, load(rewrite, node, node.source, node.attributes, site), twice);
  const path = JSON.stringify(node.source.value);
  const text = bound.length === 0 ? `${loaded};` : `${cell}.bind(${loaded}, ${path}, { ${bound.join(', ')} });`;
  rewrite.replace(node.start, node.end, text);
}

/**
 * A name that the cell also declares can only be imported as a type, which leaves nothing at run time. Whether it is one
 * the module knows, once it is loaded.
 */
function onlyTypes(
  { names: { own } }: Rewrite,
  loaded: string,
  twice: readonly (readonly [name: string, exported: string])[],
): string {
  if (twice.length === 0) return loaded;
  const checks = twice.map(([name, exported]) => {
    const message = JSON.stringify(`Identifier '${name}' has already been declared: the import has that name too`);
    return `if (${JSON.stringify(exported)} in ${own}m) throw new SyntaxError(${message});`;
  });
  return `((${own}m) => { ${checks.join(' ')} return ${own}m; })(${loaded})`;
}

/** `export … from 'x'` → the module is loaded, and nothing is declared. */
export function visitReExport(rewrite: Rewrite, node: Node, source: StringLiteral, site: Site): void {
  const attributes = 'attributes' in node ? (node.attributes as ImportDeclaration['attributes']) : [];
  rewrite.replace(node.start, node.end, `${load(rewrite, node, source, attributes, site)};`);
}

function load(
  rewrite: Rewrite,
  node: Node,
  source: StringLiteral,
  attributes: ImportDeclaration['attributes'],
  site: Site,
): string {
  const pairs = attributes.map(({ key, value }) => {
    const name = key.type === 'Identifier' ? key.name : key.value;
    return `${JSON.stringify(name)}: ${JSON.stringify(value.value)}`;
  });
  const second = pairs.length === 0 ? '' : `, { ${pairs.join(', ')} }`;
  const call = `${rewrite.names.cell}.import(${JSON.stringify(source.value)}${second})`;
  return awaitText(rewrite, site, rewrite.line(node.start), call);
}

/** The name that a specifier takes from the module; `*` for all of it. */
export function exportedName(specifier: ImportDeclaration['specifiers'][number]): string {
  switch (specifier.type) {
    case 'ImportDefaultSpecifier':
      return 'default';
    case 'ImportNamespaceSpecifier':
      return '*';
    case 'ImportSpecifier':
      return specifier.imported.type === 'Literal' ? specifier.imported.value : specifier.imported.name;
  }
}

/** `import x = require('y')`, and an alias of a name. */
export function visitImportEquals(
  rewrite: Rewrite,
  node: TSImportEqualsDeclaration,
  site: Site,
  declares: Set<string>,
): void {
  const { moduleReference: from, id } = node;
  declares.add(id.name);
  const { cell, own } = rewrite.names;
  rewrite.replace(from.end, node.end, '');
  if (from.type === 'TSExternalModuleReference') {
    rewrite.replace(node.start, from.start, `${cell}.const({ ${id.name}: `);
    rewrite.after(from.end, ' });');
    const end = from.start + 'require'.length;
    rewrite.uses.push({ name: 'require', start: from.start, end, form: 'plain', written: false, later: false });
    return;
  }
  // An alias of a type declares nothing. Which it is can be the matter of an earlier cell.
  const first = leftmost(from);
  const held = `${own}a`;
  const known = `${cell}.known(${JSON.stringify(nameOf(first))})`;
  const declare = `(${held}) => ${held} === undefined || ${cell}.const({ ${id.name}: ${held} })`;
  rewrite.replace(node.start, from.start, `${known} && (${declare})(`);
  rewrite.after(from.end, ');');
  rewrite.visit(first, site);
  for (let path: Node = from; path.type === 'TSQualifiedName'; path = path.left) {
    rewrite.replace(path.left.end, path.right.start, '?.');
  }
}

function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : '';
}

/** `import()`. */
export function visitDynamicImport(rewrite: Rewrite, node: Node & { type: 'ImportExpression' }, site: Site): void {
  if (rewrite.target === 'cell') {
    if (node.phase !== null) rewrite.fail(node, `import.${node.phase}() is not supported: write import()`);
    writeImport(rewrite, node, rewrite.names.cell);
  }
  rewrite.children(node, site);
}
