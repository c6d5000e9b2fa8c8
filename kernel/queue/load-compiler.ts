// The compiler of a kernel in Node: long texts are compiled in a process of their own, and tsconfig.json counts.

import { existsSync } from 'node:fs';
import type { CompilerOptions } from '../../runtime/compile/cell.ts';
import type { Way } from '../../runtime/compile/rewrite.ts';
import { loadParser } from '../../runtime/parser.ts';
import { runTask, stopCompiling } from '../compile/compile-process.ts';
import { packMemory, unpackMemory } from '../compile/tasks.ts';
import { nearestTsconfig } from '../files/nearest-tsconfig.ts';
import type { Compiler } from '../requests/kernel.ts';
import { makeCompiler } from './compiler.ts';

/**
 * The compiler of one notebook. Its tsconfig.json is looked for in `directory` and the folders above. `way`: who removes
 * the types of its cells.
 */
export function loadCompiler(directory: string, log: (line: string) => void, way?: Way): Compiler {
  const tsconfig = readTsconfig(directory, log);
  const compiler = makeCompiler({
    settings: {
      tsconfig,
      compiler: way,
      elsewhere: async (source, { name }, before) => {
        // Only an export list asks for the names of earlier cells, which may be thousands.
        const declared = source.includes('export') ? before.declared : [];
        const needs = { name, before: packMemory({ ...before, declared }), tsconfig, compiler: way };
        const { compiled, after } = await runTask('cell', source, needs);
        const { library, declared: own } = unpackMemory(after);
        return { compiled, after: { library, declared: [...before.declared, ...own] } };
      },
    },
    run: runTask,
    stop: stopCompiling,
    // esbuild's service starts in that folder when it is first needed, and cannot where the folder is gone.
    explain: (error) =>
      existsSync(directory) ? error : new Error(`the folder of the notebook, ${directory}, is gone. Make it again.`),
  });
  // Now, while clients wait to connect, and not when the first cell waits for it.
  loadParser();
  return compiler;
}

function readTsconfig(directory: string, log: (line: string) => void): CompilerOptions['tsconfig'] {
  try {
    return nearestTsconfig(directory)?.config as CompilerOptions['tsconfig'];
  } catch (error) {
    log(`tsconfig.json of ${directory} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
