// The files beside a notebook as modules of a worker. The page reads them; each is compiled here, gets an address of its
// own, and imports the others by theirs. A file is read anew at each import, and made anew where its text has changed.

import { compileModule } from '../../compile/module.ts';
import { type ParsedText, parseText } from '../../parser.ts';
import type { Sources } from '../errors/sources.ts';
import { eraseImports } from '../loader/erase-imports.ts';

type Namespace = Readonly<Record<string, unknown>>;

/** What is needed to make modules of files. */
export interface LocalFilesOptions {
  /** The notebook's folder in the files of the page: '', or `lessons/`. */
  readonly folder: string;
  /** The text of a file, by its path from the root of those files; undefined where there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** The address of what is imported by a specifier that names no file, such as `cokernel`. @throws where there is none */
  readonly elsewhere: (specifier: string) => string;
  readonly registerSource: Sources['registerSource'];
  /** Where loops look for an interrupt; see CompilerOptions. */
  readonly stop: string;
}

/** Files as modules. */
export interface LocalFiles {
  /** The address of the module that a cell imports as `specifier`: `./checks.ts`. @throws Error where there is none */
  address(specifier: string): Promise<string>;
}

interface Module {
  /** Its text and the addresses that it imports. */
  readonly key: string;
  readonly address: string;
}

/** What an import may leave out, in the order in which it is tried; `.js` may stand for the TypeScript behind it. */
const ADDED = ['', '.ts', '.tsx', '.js', '.mjs', '.json', '/index.ts', '/index.js'];

/** Makes them. */
export function createLocalFiles(options: LocalFilesOptions): LocalFiles {
  const { folder, read, elsewhere, registerSource, stop } = options;
  const modules = new Map<string, Module>();

  const find = async (specifier: string, from: string): Promise<{ path: string; text: string }> => {
    const path = decodeURIComponent(new URL(specifier, `file:///${from}`).pathname).slice(1);
    const behind = path.replace(/\.js$/, '.ts');
    for (const each of new Set([...ADDED.map((added) => path + added), behind])) {
      const text = await read(each);
      if (text !== undefined) return { path: each, text };
    }
    throw new Error(`Cannot find the file '${specifier}': there is no ${path} among the files of this page.`);
  };

  /** `trail`: the files that import this one. */
  const made = async (specifier: string, from: string, trail: readonly string[]): Promise<string> => {
    if (!/^\.{0,2}\//.test(specifier)) return elsewhere(specifier);
    const { path, text } = await find(specifier, from);
    if (trail.includes(path)) {
      const round = [...trail.slice(trail.indexOf(path)), path].join(' → ');
      throw new Error(`files that import each other cannot be imported in a browser: ${round}`);
    }
    const compiled = path.endsWith('.json')
      ? { code: `export default ${text}`, maps: [] }
      : await compileModule(withoutTypes(path, text), path, { stop }).catch((error: unknown) => {
          const { line, column, message } = error as { line?: number; column?: number; message: string };
          throw new SyntaxError(line === undefined ? `${path}: ${message}` : `${path}:${line}:${column}: ${message}`);
        });
    const code = await linked(path, compiled.code, (inner) => made(inner, path, [...trail, path]));
    const known = modules.get(path);
    if (known?.key === code) return known.address;
    // V8 allows no blank in such a name.
    const name = encodeURI(`/${path}`);
    registerSource(name, { source: text, maps: compiled.maps, code: compiled.code });
    const address = addressOf(`${code}\n//# sourceURL=${name}`);
    if (known) URL.revokeObjectURL(known.address);
    modules.set(path, { key: code, address });
    return address;
  };

  return { address: (specifier) => made(specifier, folder, []) };
}

/** The text of a TypeScript file without imports of types, which no module exports. */
function withoutTypes(path: string, text: string): string {
  if (!/\.(?:[cm]?ts|tsx)$/.test(path)) return text;
  const parsed = parseText(path, text);
  if (parsed.errors.some(({ severity }) => severity === 'Error')) return text;
  return eraseImports(text, parsed, { types: new Set(), options: {} });
}

/** The code with an address in the place of each specifier. */
async function linked(path: string, code: string, address: (specifier: string) => Promise<string>): Promise<string> {
  const { module } = parseText(path.replace(/\.\w+$/, '.js'), code);
  let text = code;
  // From the end, so that no place moves before it is used.
  for (const { start, end, specifier } of requestsIn(module, code).sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + JSON.stringify(await address(specifier)) + text.slice(end);
  }
  return text;
}

interface ModuleRequest {
  readonly start: number;
  readonly end: number;
  readonly specifier: string;
}

/** Where modules are named; an `import()` of what is computed is left to the browser. */
function requestsIn({ staticImports, staticExports, dynamicImports }: ParsedText['module'], code: string) {
  const found = new Map<number, ModuleRequest>();
  const add = ({ start, end }: { start: number; end: number }, specifier: string) =>
    found.set(start, { start, end, specifier });
  for (const { moduleRequest } of staticImports) add(moduleRequest, moduleRequest.value);
  for (const { moduleRequest } of staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) add(moduleRequest, moduleRequest.value);
  }
  for (const { moduleRequest } of dynamicImports) {
    const literal = /^(['"])([^'"\\]*)\1$/.exec(code.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (literal !== undefined) add(moduleRequest, literal);
  }
  return [...found.values()];
}

/** The address of a module that exports what the worker has already, under the name by which it is found there. */
export function addressOfOwn(specifier: string, namespace: Namespace): string {
  const names = Object.keys(namespace).filter(
    (name) => name !== 'default' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name),
  );
  const found = `globalThis[Symbol.for('cokernel.modules')][${JSON.stringify(specifier)}]`;
  const given = names.length === 0 ? '' : `export const { ${names.join(', ')} } = found;`;
  return addressOf(`const found = ${found}; ${given} export default found.default ?? found;`);
}

function addressOf(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}
