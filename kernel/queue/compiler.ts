// runtime/compile as handlers and the queue use it: errors of the source become reports; any other error rejects, and
// fails the cell.

import { existsSync } from 'node:fs';
import { type CompilerOptions, createCompiler } from '../../runtime/compile/cell.ts';
import { syntaxErrorReport } from '../../runtime/compile/code-frame.ts';
import type { Completeness } from '../../runtime/compile/completeness.ts';
import type { Way } from '../../runtime/compile/rewrite.ts';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { loadParser } from '../../runtime/parser.ts';
import { runTask, stopCompiling } from '../compile/compile-process.ts';
import { packMemory, unpackMemory } from '../compile/tasks.ts';
import { withCode } from '../compile/with-code.ts';
import { nearestTsconfig } from '../files/nearest-tsconfig.ts';
import type { Compiler } from '../requests/kernel.ts';

/**
 * The compiler of one notebook. Its tsconfig.json is looked for in `directory` and the folders above. `way`: who removes
 * the types of its cells.
 */
export function loadCompiler(directory: string, log: (line: string) => void, way?: Way): Compiler {
  const tsconfig = readTsconfig(directory, log);
  const settings: CompilerOptions = {
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
  };
  const cells = createCompiler(settings);
  // Now, while clients wait to connect, and not when the first cell waits for it.
  loadParser();
  return {
    async cell(source, name) {
      try {
        return await cells.compileCell(source, { name });
      } catch (error) {
        if (error instanceof CellSyntaxError) return { error: syntaxErrorReport(error, source, name) };
        // esbuild's service starts in that folder when it is first needed, and cannot where the folder is gone.
        if (!existsSync(directory))
          throw new Error(`the folder of the notebook, ${directory}, is gone. Make it again.`);
        throw error;
      }
    },
    async preview(source) {
      const compiled = await createCompiler(settings)
        .compileCell(source, { name: 'Cell' })
        .catch(() => undefined);
      return compiled && withCode(compiled);
    },
    async module(path, source) {
      try {
        return await runTask('module', source, { path, tsconfig });
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw error;
        // Only text crosses to the cell process, where the loader reads the place from it.
        throw new SyntaxError(`${path}:${error.line}:${error.column}: ${error.message}`);
      }
    },
    text: (text, bound) => runTask('scope', text, { bound }),
    functionText: ({ source, ...place }) => runTask('function', source, { place, tsconfig }),
    async completeness(source) {
      const { status, indent = '' } = await runTask('completeness', source, {}).catch(invalid);
      return status === 'incomplete' ? { status, indent } : { status };
    },
    mark: cells.mark,
    reset: cells.reset,
    stop: stopCompiling,
  };
}

/** A text that nests too deeply is invalid, not incomplete: the front end then runs it, and its error is shown. */
function invalid(error: unknown): Completeness {
  if (error instanceof CellSyntaxError) return { status: 'invalid' };
  throw error;
}

function readTsconfig(directory: string, log: (line: string) => void) {
  try {
    return nearestTsconfig(directory)?.config as Parameters<typeof createCompiler>[0] extends { tsconfig?: infer T }
      ? T
      : never;
  } catch (error) {
    log(`tsconfig.json of ${directory} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
