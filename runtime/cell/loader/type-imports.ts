// Types that a local TypeScript file imports without the word `type`, which Node's linker takes for missing values.
// Only used once linking has failed; the file is then compiled again with the word inserted.

import { fileURLToPath } from 'node:url';
import type { ExportNamedDeclaration, ImportDeclaration } from 'oxc-parser';
import { parseText } from '../../parser.ts';
import { type Graph, type Node, reach } from './import-graph.ts';

/**
 * Whether linking failed because of a type, judged by Node's sentence. If so, the importer and every other file that the
 * import reached remember such names of theirs, and the import is worth another try.
 */
export function learnType(error: unknown, entry: Node | undefined, graph: Graph): boolean {
  if (!(error instanceof SyntaxError) || entry === undefined) return false;
  const name = / does not provide an export named '(.+)'$/.exec(error.message)?.[1];
  // The first line of such a stack is the place of the import, which Node adds.
  const url = /^(file:\S+):\d+$/m.exec(error.stack ?? '')?.[1];
  const importer = url === undefined ? undefined : graph.nodes.get(fileURLToPath(url));
  if (name === undefined || importer === undefined || importer.types.has(name) || !isTypeScript(importer)) return false;
  const files = [...reach(entry)].filter((file) => isTypeScript(file) && file.seen !== undefined);
  const { types, values } = exportsOf(files);
  if (!types.has(name)) return false;
  importer.types.add(name);
  for (const file of files) {
    for (const wanted of importedBy(file)) if (types.has(wanted) && !values.has(wanted)) file.types.add(wanted);
  }
  return true;
}

/** The source with `type` inserted before each import and export of these names. */
export function withTypes(path: string, source: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return source;
  const places: number[] = [];
  const locals = new Set<string>();
  for (const statement of parse(path, source).program.body) {
    if (statement.type === 'ImportDeclaration') places.push(...inImport(statement, names, locals));
  }
  for (const statement of parse(path, source).program.body) {
    if (statement.type === 'ExportNamedDeclaration') places.push(...inExport(statement, names, locals));
  }
  places.sort((a, b) => b - a);
  let text = source;
  for (const at of places) text = `${text.slice(0, at)}type ${text.slice(at)}`;
  return text;
}

function inImport(statement: ImportDeclaration, names: ReadonlySet<string>, locals: Set<string>): number[] {
  const places: number[] = [];
  for (const specifier of statement.specifiers) {
    const alone = statement.specifiers.length === 1;
    if (specifier.type === 'ImportDefaultSpecifier' && alone && names.has('default')) {
      locals.add(specifier.local.name);
      places.push(specifier.start);
    } else if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type') {
      if (!names.has(nameOf(specifier.imported))) continue;
      locals.add(specifier.local.name);
      places.push(specifier.start);
    }
  }
  return places;
}

function inExport(
  statement: ExportNamedDeclaration,
  names: ReadonlySet<string>,
  locals: ReadonlySet<string>,
): number[] {
  const wanted = statement.source === null ? locals : names;
  return statement.specifiers
    .filter((specifier) => specifier.exportKind !== 'type' && wanted.has(nameOf(specifier.local)))
    .map((specifier) => specifier.start);
}

/** Names that these files export as types, and as values. */
function exportsOf(files: readonly Node[]): { types: Set<string>; values: Set<string> } {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const file of files) {
    for (const { entries } of parse(file.path, file.seen?.source ?? '').module.staticExports) {
      for (const { isType, exportName, moduleRequest } of entries) {
        if (isType) types.add(exportName.name ?? 'default');
        // A re-export may be a type too: its own file says which.
        else if (moduleRequest === null) values.add(exportName.name ?? 'default');
      }
    }
  }
  return { types, values };
}

/** Names that a file imports, or exports from elsewhere. */
function importedBy(file: Node): string[] {
  const { staticImports, staticExports } = parse(file.path, file.seen?.source ?? '').module;
  const imported = staticImports.flatMap(({ entries }) => entries.map(({ importName }) => importName.name));
  const exported = staticExports.flatMap(({ entries }) => entries.map(({ importName }) => importName.name));
  return [...imported, ...exported].filter((name) => name !== null);
}

function isTypeScript(file: Node): boolean {
  return file.local && /\.(?:[cm]?ts|tsx)$/.test(file.path);
}

function nameOf(name: { type: string; name?: string; value?: unknown }): string {
  return name.type === 'Literal' ? String(name.value) : (name.name ?? '');
}

function parse(path: string, source: string) {
  return parseText(path, source);
}
