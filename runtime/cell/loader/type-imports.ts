// Types that a local TypeScript file imports or exports without the word `type`. What the file itself shows to be a
// type is left out at once, as tsc does (erase-imports.ts). What only another file shows, a type that is exported again,
// Node's linker takes for a missing value: the file is then compiled again without it.

import { fileURLToPath } from 'node:url';
import type { Node as Statement } from 'oxc-parser';
import { typeNames } from '../../compile/type-names.ts';
import { parseText } from '../../parser.ts';
import { type Graph, type Node, reach } from './import-graph.ts';

/**
 * Whether linking failed because of a type, judged by Node's sentence. If so, the importer and every other file that the
 * import reached remember such names of theirs, and the import is worth another try.
 */
export function learnType(error: unknown, entry: Node | undefined, graph: Graph): boolean {
  if (!(error instanceof SyntaxError) || entry === undefined) return false;
  const [, module, name] = /module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) ?? [];
  // The first line of such a stack is the place of the import, which Node adds.
  const url = /^(file:\S+):\d+$/m.exec(error.stack ?? '')?.[1];
  const importer = url === undefined ? undefined : graph.nodes.get(fileURLToPath(url));
  if (module === undefined || name === undefined || importer === undefined) return false;
  if (importer.types.has(name) || !isTypeScript(importer)) return false;
  // What a file only exports again, and its module lacks, is taken for a type, as esbuild does.
  if (importer.forwards.has(module)) {
    importer.types.add(name);
    return true;
  }
  const files = [...reach(entry)].filter((file) => isTypeScript(file) && file.seen !== undefined);
  const { types, values } = exportsOf(files);
  if (!types.has(name)) return false;
  importer.types.add(name);
  for (const file of files) {
    for (const wanted of importedBy(file)) if (types.has(wanted) && !values.has(wanted)) file.types.add(wanted);
  }
  return true;
}

/** Names that these files export as types, and as values. */
function exportsOf(files: readonly Node[]): { types: Set<string>; values: Set<string> } {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const file of files) {
    const { program, module } = parse(file);
    const own = typeNames(program.body as readonly Statement[]);
    for (const { entries } of module.staticExports) {
      for (const { isType, exportName, importName, localName, moduleRequest } of entries) {
        const name = exportName.name ?? 'default';
        if (
          isType ||
          own.has(localName.name ?? '') ||
          (moduleRequest !== null && file.types.has(importName.name ?? ''))
        )
          types.add(name);
        // A re-export may be a type too: its own file says which.
        else if (moduleRequest === null) values.add(name);
      }
    }
  }
  return { types, values };
}

/** Names that a file imports, or exports from elsewhere. */
function importedBy(file: Node): string[] {
  const { staticImports, staticExports } = parse(file).module;
  const imported = staticImports.flatMap(({ entries }) => entries.map(({ importName }) => importName.name));
  const exported = staticExports.flatMap(({ entries }) => entries.map(({ importName }) => importName.name));
  return [...imported, ...exported].filter((name) => name !== null);
}

function isTypeScript(file: Node): boolean {
  return file.local && /\.(?:[cm]?ts|tsx)$/.test(file.path);
}

function parse(file: Node) {
  return parseText(file.path, file.seen?.source ?? '');
}
