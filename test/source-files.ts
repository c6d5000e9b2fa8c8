// The sources of kernel/ and runtime/, what each imports, and the room it lies in: for tests that read the project itself.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every source file, by its path from the project's folder. */
export const files: readonly string[] = ['kernel', 'runtime'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).split(sep).join('/')}`)
    .filter((name) => /\.tsx?$/.test(name)),
);

/** What a file imports as soon as it is loaded, and what it imports in any way: types and `import()` of literals too. */
export function specifiers(file: string): { readonly values: string[]; readonly all: string[] } {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const values: string[] = [];
  const all = module.dynamicImports.map(({ moduleRequest }) => textAt(file, moduleRequest));
  for (const { moduleRequest, entries } of module.staticImports) {
    all.push(moduleRequest.value);
    if (entries.length === 0 || entries.some(({ isType }) => !isType)) values.push(moduleRequest.value);
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest === null) continue;
    all.push(moduleRequest.value);
    if (!isType) values.push(moduleRequest.value);
  }
  return { values, all };
}

/** The project's own files that a file imports, types and `import()` of literals included; of `#host/*` Node's. */
export function imports(file: string, kind: 'values' | 'all' = 'all'): string[] {
  return specifiers(file)
    [kind].filter((specifier) => /^(\.|#host\/)/.test(specifier))
    .map((specifier) =>
      specifier.startsWith('.')
        ? posix.join(posix.dirname(file), specifier)
        : specifier.replace(/^#host\/(.*)/, 'runtime/host/node/$1.ts'),
    );
}

/** The names that a file exports, types included. */
export function exported(file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  return module.staticExports.flatMap(({ entries }) => entries.flatMap(({ exportName }) => exportName.name ?? []));
}

function textAt(file: string, { start, end }: { start: number; end: number }): string {
  return readFileSync(join(root, file), 'utf8').slice(start + 1, end - 1);
}

/**
 * A room is a folder below kernel/, runtime/cell/, runtime/host/, runtime/picture/ and runtime/widgets/, or one of the other parts of the runtime;
 * a file that lies in none of these is a room of its own. What a room divides itself into is its own affair.
 */
export function roomOf(file: string): string {
  return (
    /^(?:runtime\/(?:cell|host|picture|widgets)|kernel)\/[\w-]+(?=\/)/.exec(file)?.[0] ??
    /^runtime\/(?:asyncio\/engine|asyncio|compile|pristine|quiz)(?=\/)/.exec(file)?.[0] ??
    file
  );
}
