// Finds this package's own types: next to the sources in development, in dist/ when it is installed.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PackageTypes } from './settings.ts';

/** The modules that declare the kernel's global names, which no entry of the package exports. */
const globals = ['runtime/cell/globals/globals'];

let known: PackageTypes | undefined;

/** Looked up once, because the package does not move while it runs. */
export function packageTypes(): PackageTypes {
  known ??= look();
  return known;
}

function look(): PackageTypes {
  const root = packageRoot(import.meta.dirname);
  // A kernel that runs from its sources takes types from them, because dist/ may be older.
  const built = import.meta.url.endsWith('.ts') ? [] : ['dist/'];
  const find = (module: string): string | undefined =>
    [...built.map((folder) => `${folder}${module}.d.ts`), `${module}.ts`, `${module}.tsx`]
      .map((file) => path.join(root, file))
      .find((file) => existsSync(file));
  const found: Record<string, string> = {};
  for (const [subpath, module] of exported(root)) {
    const file = find(module);
    if (file) found[`cokernel${subpath.slice(1)}`] = file;
  }
  const tslab = find('runtime/cell/globals/tslab');
  if (tslab) found.tslab = tslab;
  // The module that the JSX transform of a development build imports.
  const jsx = found['cokernel/jsx-runtime'];
  if (jsx) found['cokernel/jsx-dev-runtime'] = jsx;
  const node = createRequire(import.meta.url).resolve('@types/node/package.json');
  return {
    modules: found,
    globals: globals.flatMap((module) => find(module) ?? []),
    types: path.dirname(path.dirname(node)),
  };
}

/** The package's entries as [subpath, source without ending], read off the types that package.json promises. */
function exported(root: string): [string, string][] {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly types?: string }>>;
  };
  return Object.entries(manifest.exports).flatMap(([subpath, entry]): [string, string][] => {
    const types = typeof entry === 'object' ? entry.types : undefined;
    const module = types && /^\.\/dist\/(.*)\.d\.ts$/.exec(types)?.[1];
    return module ? [[subpath, module]] : [];
  });
}

function packageRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder))
      throw new Error(`cokernel's package.json was expected above ${from}. Reinstall cokernel.`);
  }
}
