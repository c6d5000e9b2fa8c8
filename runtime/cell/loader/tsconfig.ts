// The nearest tsconfig.json above the notebook: its path aliases, and the options that change what code means.
// get-tsconfig handles `extends` and patterns; it is loaded only if there is a tsconfig.json.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { kindOf } from './candidates.ts';

/** The compiler options that the compiler here respects. */
export interface CompilerOptions {
  readonly jsx?: string;
  readonly jsxImportSource?: string;
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly useDefineForClassFields?: boolean;
  readonly target?: string;
  readonly [option: string]: unknown;
}

interface Read {
  readonly path: string;
  readonly text: string;
  readonly options: CompilerOptions;
  readonly match: (specifier: string) => string[];
}

/** Finds, reads and, after `refresh`, reads again the tsconfig.json of a folder. */
export function createTsconfig(directory: string) {
  let current: Read | undefined;
  let fresh = false;

  function read(): Read | undefined {
    if (!fresh) {
      current = readFrom(directory, current);
      fresh = true;
    }
    return current;
  }

  return {
    /** The next question rereads the file. */
    refresh: () => {
      fresh = false;
    },
    /** Compiler options, including those of `extends`; undefined if no tsconfig.json applies. */
    options: () => read()?.options,
    /** The paths that a specifier may mean by `paths` and `baseUrl`, in order. */
    candidates: (specifier: string) => read()?.match(specifier) ?? [],
    path: () => read()?.path,
  };
}

function readFrom(directory: string, before: Read | undefined): Read | undefined {
  const path = find(directory);
  if (path === undefined) return undefined;
  const text = readFileSync(path, 'utf8');
  // A file that it extends may have changed too, which only rereading shows; one that extends nothing is kept.
  if (before?.path === path && before.text === text && !text.includes('"extends"')) return before;
  const { createPathsMatcher, parseTsconfig } = createRequire(import.meta.url)(
    'get-tsconfig',
  ) as typeof import('get-tsconfig');
  let config: ReturnType<typeof parseTsconfig>;
  try {
    config = parseTsconfig(path);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  const match = createPathsMatcher({ path, config }) ?? (() => []);
  return { path, text, options: (config.compilerOptions ?? {}) as CompilerOptions, match };
}

function find(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, 'tsconfig.json');
    if (kindOf(path) === 'file') return path;
    if (dirname(at) === at) return undefined;
  }
}
