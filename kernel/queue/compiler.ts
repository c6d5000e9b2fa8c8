// runtime/compile as handlers and the queue use it: errors of the source become reports; any other error rejects, and
// fails the cell.

import { existsSync } from 'node:fs';
import { getTsconfig } from 'get-tsconfig';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { syntaxErrorReport } from '../../runtime/compile/frame.ts';
import { compileModule } from '../../runtime/compile/module.ts';
import { scopeText } from '../../runtime/compile/scope-text.ts';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { functionText } from '../../runtime/compile/written-function.ts';
import type { Compiler } from '../requests/kernel.ts';

/** The compiler of one notebook. Its tsconfig.json is looked for in `directory` and the folders above. */
export function loadCompiler(directory: string, log: (line: string) => void): Compiler {
  const tsconfig = readTsconfig(directory, log);
  const cells = createCompiler({ tsconfig });
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
    async module(path, source) {
      try {
        return await compileModule(source, path, { tsconfig });
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw error;
        // Only text crosses to the cell process, where the loader reads the place from it.
        throw new SyntaxError(`${path}:${error.line}:${error.column}: ${error.message}`);
      }
    },
    text: scopeText,
    functionText: (place) => functionText(place, tsconfig),
    completeness(source) {
      const { status, indent = '' } = cells.isComplete(source);
      return status === 'incomplete' ? { status, indent } : { status };
    },
    mark: cells.mark,
    reset: cells.reset,
  };
}

function readTsconfig(directory: string, log: (line: string) => void) {
  try {
    return getTsconfig(directory)?.config as Parameters<typeof createCompiler>[0] extends { tsconfig?: infer T }
      ? T
      : never;
  } catch (error) {
    log(`tsconfig.json of ${directory} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
