// The esbuild plugin `cokernel/esbuild`: coroutine literals in people's own builds, without interrupt checks.

import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Loader, OnLoadResult, Plugin } from 'esbuild';
import { settle } from './doubt.ts';
import { lowerModule } from './module.ts';
import { CellSyntaxError } from './syntax-error.ts';

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
};

/** Lowers `coroutine(async () => …)` and the like in every file that imports cokernel. */
export function cokernel(): Plugin {
  return {
    name: 'cokernel',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        // A cheap test, true of every file that could contain a coroutine literal.
        return source.includes('cokernel') ? load(source, path) : undefined;
      });
    },
  };
}

async function load(source: string, path: string): Promise<OnLoadResult> {
  try {
    const { code, map, rewrite, parsed } = lowerModule(source, path, { checks: false });
    await settle(parsed, { tsconfig: undefined });
    // A file without coroutine literals is left to esbuild unchanged.
    if (!rewrite.needs.has('library')) return { contents: source, loader: LOADERS[extname(path)] ?? 'ts' };
    const inline = Buffer.from(map).toString('base64');
    return {
      contents: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
      loader: LOADERS[extname(path)] ?? 'ts',
    };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const text = source.split('\n')[error.line - 1] ?? '';
    const location = { file: path, line: error.line, column: error.column - 1, lineText: text };
    return { errors: [{ text: error.message, location }] };
  }
}
