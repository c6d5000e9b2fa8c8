// runtime/compile as handlers and the queue use it: errors of the source become reports; any other error rejects, and
// fails the cell. Where the tasks are done, its maker decides (load-compiler.ts in Node).

import { type CompilerOptions, createCompiler } from '../../runtime/compile/cell.ts';
import { syntaxErrorReport } from '../../runtime/compile/code-frame.ts';
import type { Completeness } from '../../runtime/compile/completeness.ts';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { stopTranslating } from '../../runtime/compile/typescript.ts';
import type { Task, Tasks } from '../compile/tasks.ts';
import { withCode } from '../compile/with-code.ts';
import type { Compiler } from '../requests/kernel.ts';

/** What a compiler is made of. */
export interface CompilerParts {
  readonly settings: CompilerOptions;
  /** Does a task, wherever texts of its length are compiled. Rejects with a CellSyntaxError where the source is at fault. */
  run<Name extends Task>(task: Name, text: string, needs: Tasks[Name]['needs']): Promise<Tasks[Name]['result']>;
  /** Gives up the task that runs elsewhere, if it can be given up. */
  stop(): void;
  /** A better error for one that is no CellSyntaxError. */
  explain(error: unknown): unknown;
}

/** The compiler of one notebook. */
export function makeCompiler({ settings, run, stop, explain }: CompilerParts): Compiler {
  const { tsconfig } = settings;
  const cells = createCompiler(settings);
  return {
    async cell(source, name) {
      try {
        return await cells.compileCell(source, { name });
      } catch (error) {
        const told = error instanceof CellSyntaxError ? error : explain(error);
        if (told instanceof CellSyntaxError) return { error: syntaxErrorReport(told, source, name) };
        throw told;
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
        return await run('module', source, { path, tsconfig });
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw error;
        // Only text crosses to the cell process, where the loader reads the place from it.
        throw new SyntaxError(`${path}:${error.line}:${error.column}: ${error.message}`);
      }
    },
    text: (text, bound) => run('scope', text, { bound }),
    functionText: ({ source, ...place }) => run('function', source, { place, tsconfig }),
    async completeness(source) {
      const { status, indent = '' } = await run('completeness', source, {}).catch(invalid);
      return status === 'incomplete' ? { status, indent } : { status };
    },
    mark: cells.mark,
    reset: cells.reset,
    stop() {
      stopTranslating();
      stop();
    },
  };
}

/** A text that nests too deeply is invalid, not incomplete: the front end then runs it, and its error is shown. */
function invalid(error: unknown): Completeness {
  if (error instanceof CellSyntaxError) return { status: 'invalid' };
  throw error;
}
