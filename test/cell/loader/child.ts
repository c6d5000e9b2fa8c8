// The process in which a loader test imports: hooks are process-wide, and jest's modules have a loader of their own.
// esbuild stands in for the kernel process's compile.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TransformFailure, transformSync } from 'esbuild';
import { createLoader } from '../../../runtime/cell/loader/loader.ts';

const directory = process.cwd();

/** Scripts registered for tracebacks, by name. */
export const scripts = new Map<string, { readonly source: string; readonly maps: readonly string[] }>();

/** Paths in the order in which they were compiled. */
export const compiled: string[] = [];

export const loader = createLoader({
  directory,
  notebook: 'lesson.ipynb',
  instances: { cokernel: pathToFileURL(join(directory, 'running.mjs')).href },
  registerSource: (name, script) => scripts.set(name, script),
  compile(path, source) {
    compiled.push(path);
    const { code, map } = transformed(path, source);
    return { code, maps: [map] };
  },
});

/** Errors are worded as by the kernel process, because only text comes from there. */
function transformed(path: string, source: string) {
  try {
    return transformSync(source, {
      loader: path.endsWith('x') ? 'tsx' : 'ts',
      sourcefile: path,
      sourcemap: 'external',
      logLevel: 'silent',
      supported: { decorators: false },
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
  } catch (error) {
    const [first] = (error as TransformFailure).errors;
    throw new SyntaxError(`${path}:${first?.location?.line}:${(first?.location?.column ?? 0) + 1}: ${first?.text}`);
  }
}

/** What a cell with this one import gets. */
export async function cell(specifier: string, attributes?: ImportAttributes): Promise<Record<string, unknown>> {
  loader.refresh();
  return loader.import(specifier, attributes);
}

/** The message of the error with which a cell with this import ends. */
export async function failing(specifier: string): Promise<string> {
  return cell(specifier).then(
    () => 'no error',
    (error: Error & { code?: string }) =>
      `${error.code ?? error.name}: ${error.message}`.replaceAll(directory, '<notebook>'),
  );
}

/** Writes files beside the notebook. */
export function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

/** Answers the test: JSON, on the channel between the processes. */
export function report(value: unknown): void {
  process.send?.(value);
}
