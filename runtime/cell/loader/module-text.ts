// What Node is given to run for a local file: compiled, marked at its beginning and end, and entered for tracebacks.
// Which instance of the file is meant is import-graph.ts's affair.

import type { LoadFnOutput } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeFrame } from '../../compile/frame.ts';
import { isInstalled, nearestType } from './packages.ts';
import { withTypes } from './type-imports.ts';

/** Makes JavaScript of a local file, in the module format it was written in. */
export type Compile = (path: string, source: string) => { readonly code: string; readonly maps: readonly string[] };

/** Enters a script under the name that stack frames show. `maps` lead from what runs to `source`, first to last. */
export type RegisterSource = (
  name: string,
  script: { readonly source: string; readonly maps: readonly string[] },
) => void;

/** What Node loads for a local JavaScript or TypeScript file. `url` is the instance's own, `path` the file. */
export function moduleSource(
  file: {
    readonly url: string;
    readonly path: string;
    readonly source: string;
    readonly types: ReadonlySet<string>;
  },
  compile: Compile,
  registerSource: RegisterSource,
): LoadFnOutput {
  const { url, path, source, types } = file;
  const compiled = tryCompile(path, withTypes(path, source, types), compile);
  if (formatOf(path, compiled.code) === 'commonjs') {
    registerSource(path, { source, maps: compiled.maps });
    return { format: 'commonjs', source: compiled.code, shortCircuit: true };
  }
  const { code, maps } = marked(url, path, compiled);
  const plain = pathToFileURL(path).href;
  registerSource(plain, { source, maps });
  if (plain !== url) registerSource(url, { source, maps });
  return { format: 'module', source: code, shortCircuit: true };
}

/** JSON imported without `with { type: 'json' }`: the value as default, and its keys as named exports. */
export function jsonModule(path: string, source: string): LoadFnOutput {
  const value = parseJson(path, source);
  const lines = [
    `const value = JSON.parse(${JSON.stringify(source.replace(/^\uFEFF/, ''))});`,
    'export default value;',
  ];
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  keys.forEach((key, i) => {
    if (key === 'default' || !key.isWellFormed()) return;
    lines.push(`const $${i} = value[${JSON.stringify(key)}]; export { $${i} as ${JSON.stringify(key)} };`);
  });
  return { format: 'module', source: lines.join('\n'), shortCircuit: true };
}

/** JSON.parse, with the file's name in its error. */
export function parseJson(path: string, source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SyntaxError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function tryCompile(path: string, source: string, compile: Compile): ReturnType<Compile> {
  try {
    return compile(path, source.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Only what compile says of the file; an interrupt that came meanwhile passes as it is.
    const isFault = error instanceof Error && (error.name === 'SyntaxError' || error.name === 'Error');
    throw isFault ? faultOf(path, source, error) : error;
  }
}

/** The file must be named and shown: the cell that imported it has no line of its own for this. */
function faultOf(path: string, source: string, error: Error): SyntaxError {
  const [text = '', line, column] = placed(path, error);
  const frame = line === undefined || column === undefined ? [] : codeFrame(source, line, column);
  return new SyntaxError([text, ...frame].join('\n'));
}

/** `path:line:column: …` as text or as properties, wherever compile ran. */
function placed(path: string, error: Error): [text: string, line?: number, column?: number] {
  const { message, line, column } = error as Error & { line?: unknown; column?: unknown };
  if (typeof line === 'number' && typeof column === 'number') {
    return [`${path}:${line}:${column}: ${message}`, line, column];
  }
  const at = message.indexOf(`${path}:`);
  const numbers = /^(\d+):(\d+)/.exec(message.slice(at + path.length + 1));
  if (at === -1) return [`${path}: ${message}`];
  return numbers === null ? [message] : [message, Number(numbers[1]), Number(numbers[2])];
}

/**
 * The module says (module-marks.ts) when it begins (it then gets an import.meta without our version in it) and when it reached its end
 * (until then, an import of it that fails is not kept). The first mark has a line of its own, which `maps` knows.
 */
function marked(url: string, path: string, compiled: ReturnType<Compile>): ReturnType<Compile> {
  const marks = 'globalThis[Symbol.for("cokernel.loader")]';
  const name = JSON.stringify(url);
  const [first, ...rest] = compiled.maps;
  const shift = first === undefined ? '' : '\n';
  // The URL that stack traces show, without our version in it.
  const shown = pathToFileURL(path).href;
  const sourceUrl = shown === url ? '' : `\n//# sourceURL=${shown}`;
  const code = compiled.code.replace(/^#!/, '//');
  return {
    code: `${marks}.begin(import.meta,${name});${shift}${code}\n;${marks}.end(${name});${sourceUrl}`,
    maps: first === undefined ? [] : [oneLineDown(first), ...rest],
  };
}

function oneLineDown(map: string): string {
  const parsed = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` });
}

/** As Node decides it: by extension, then by package.json, then by whether the code can only be an ES module. */
function formatOf(path: string, code: string): 'module' | 'commonjs' {
  const extension = extname(path);
  if (extension === '.mts' || extension === '.mjs') return 'module';
  if (extension === '.cts' || extension === '.cjs') return 'commonjs';
  return nearestType(path) === 'module' || isModuleSyntax(code) ? 'module' : 'commonjs';
}

// V8's own sentences, which Node's detection goes by too; the last is for a module that makes its own `require`.
const ONLY_IN_MODULES = [
  'Cannot use import statement outside a module',
  "Unexpected token 'export'",
  "Cannot use 'import.meta' outside a module",
  'await is only valid',
  ...['module', 'exports', 'require', '__filename', '__dirname'].map(
    (name) => `Identifier '${name}' has already been declared`,
  ),
];
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

function isModuleSyntax(code: string): boolean {
  try {
    process.getBuiltinModule('node:vm').compileFunction(code.replace(/^#!/, '//'), PARAMETERS);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && ONLY_IN_MODULES.some((sentence) => error.message.startsWith(sentence));
  }
}

/** Whether a file is ours to compile and watch: a module by its extension, and not of an installed package. */
export function isLocalModule(path: string): boolean {
  return !isInstalled(path) && /\.(?:[cm]?[jt]s|[jt]sx|json)$/.test(path);
}
