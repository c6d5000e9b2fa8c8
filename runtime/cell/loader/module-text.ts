// The text that Node runs for a local file: compiled, marked at its beginning and end, and registered for tracebacks.
// Which instance of the file is meant is decided in import-graph.ts.

import type { LoadFnOutput } from 'node:module';
import { pathToFileURL } from 'node:url';
import { codeFrame } from '../../compile/code-frame.ts';
import type { LocalModule } from './local-module.ts';
import { isInstalled } from './packages.ts';
import { MARKS_TEXT } from './whole-imports.ts';

/** Compiles a local file to JavaScript, in the module format it was written in. */
export type Compile = (path: string, source: string) => { readonly code: string; readonly maps: readonly string[] };

/** Registers a script under the name in stack frames. `maps` lead from the running code to `source`, first to last. */
export type RegisterSource = (
  name: string,
  script: { readonly source: string; readonly maps: readonly string[]; readonly code: string },
) => void;

/** What Node loads for a local JavaScript or TypeScript file. `url` is the instance's own, `path` the file. */
export function moduleSource(
  file: { readonly url: string; readonly path: string; readonly source: string; readonly read: LocalModule },
  compile: Compile,
  registerSource: RegisterSource,
): LoadFnOutput {
  const { url, path, source, read } = file;
  const { code: text, maps: own } = tryCompile(path, source, read.text, compile);
  const compiled = { code: text, maps: read.map === undefined ? own : [...own, read.map] };
  if (read.format === 'commonjs') {
    registerSource(path, { source, ...compiled });
    return { format: 'commonjs', source: text, shortCircuit: true };
  }
  const { code, maps } = marked(url, path, compiled);
  const plain = pathToFileURL(path).href;
  registerSource(plain, { source, maps, code });
  if (plain !== url) registerSource(url, { source, maps, code });
  return { format: 'module', source: code, shortCircuit: true };
}

/** JSON imported without `with { type: 'json' }`: the value as default export, its keys as named exports. */
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

/** JSON.parse with the file's name in its error. */
export function parseJson(path: string, source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SyntaxError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function tryCompile(path: string, source: string, text: string, compile: Compile): ReturnType<Compile> {
  try {
    return compile(path, text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Only errors about the file are reworded; an interrupt that came meanwhile passes unchanged.
    const isFault = error instanceof Error && (error.name === 'SyntaxError' || error.name === 'Error');
    throw isFault ? faultOf(path, source, error) : error;
  }
}

/** Names and shows the file, because no line of the importing cell would explain the error. */
export function faultOf(path: string, source: string, error: Error): SyntaxError {
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
 * The module reports (module-marks.ts) that it begins, when it gets an import.meta that hides our version, and that it
 * reached its end: until then, a failed import of it is not kept. The first mark has a line of its own, which `maps`
 * accounts for.
 */
function marked(url: string, path: string, compiled: ReturnType<Compile>): ReturnType<Compile> {
  const name = JSON.stringify(url);
  const [first, ...rest] = compiled.maps;
  const shift = first === undefined ? '' : '\n';
  // The URL in stack traces, without our version.
  const shown = pathToFileURL(path).href;
  const sourceUrl = shown === url ? '' : `\n//# sourceURL=${shown}`;
  const code = compiled.code.replace(/^#!/, '//');
  return {
    code: `${MARKS_TEXT}.begin(import.meta,${name});${shift}${code}\n;${MARKS_TEXT}.end(${name});${sourceUrl}`,
    maps: first === undefined ? [] : [oneLineDown(first), ...rest],
  };
}

function oneLineDown(map: string): string {
  const parsed = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` });
}

/** Whether we compile and watch a file: it has a module's extension and belongs to no installed package. */
export function isLocalModule(path: string): boolean {
  return !isInstalled(path) && /\.(?:[cm]?[jt]s|[jt]sx|json)$/.test(path);
}
