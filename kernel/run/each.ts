// What `cokernel run` and `cokernel test` share: runs each notebook in a kernel of its own, reports progress and
// computes the exit code. The next notebook's kernel starts while this one's cells run; its cells wait until these are
// done.

import { type Execution, executeNotebook, type Opening, openKernel } from './execute-notebook.ts';
import { runJobs } from './jobs.ts';
import type { CodeCell, Notebook } from './notebook/notebook.ts';
import type { Source } from './open.ts';
import { type Parameters, withParameters } from './parameters.ts';
import type { Outcome, Progress } from './progress-line.ts';
import { languageOf } from './written-for.ts';

/** The options that both commands have. */
export interface Options {
  readonly files: readonly string[];
  readonly jobs: number;
  /** Seconds for each cell. */
  readonly timeout?: number;
  /** Environment variables for the kernels, on top of this process's environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly parameters: Parameters;
  readonly progress: Progress;
  /** Prints a sentence for the user. */
  readonly say: (sentence: string) => void;
  /** The kernel's entry; the package's own by default. */
  readonly main?: string;
}

/** A notebook that ran, with its parameters inserted. */
export interface Ran {
  readonly notebook: Notebook;
  readonly execution: Execution;
  readonly seconds: number;
}

/** Where the two commands differ. */
export interface Command<Item extends { readonly source: Source }> {
  /** Whether to go on after this cell failed. */
  goOn(cell: CodeCell): boolean;
  /** Called after a notebook ran. */
  finish(item: Item, ran: Ran): Outcome | Promise<Outcome>;
}

/** Resolves to the exit code: 0, 1 if a notebook failed, 128 plus the signal's number if a signal ended it. */
export async function executeEach<Item extends { readonly source: Source }>(
  items: readonly Item[],
  options: Options,
  command: Command<Item>,
): Promise<number> {
  let failed = 0;
  const began = performance.now();
  const { interrupted } = await runJobs<Item, Opening>(items, options.jobs, {
    prepare: ({ source: { directory, notebook } }, signal) =>
      openKernel({ directory, main: options.main, env: { ...options.environment, ...languageEnv(notebook) }, signal }),
    async work(item, opening, { over, prepareNext }) {
      const { name } = item.source;
      const notebook = prepared(item.source, options);
      const began = performance.now();
      opening.then(prepareNext);
      const execution = await executeNotebook(notebook, opening, {
        timeout: options.timeout,
        goOn: command.goOn,
        progress: (done, cells, executed) => options.progress.cell(name, done, cells, executed),
        signal: over,
      });
      const seconds = (performance.now() - began) / 1000;
      const outcome = await command.finish(item, { notebook, execution, seconds });
      options.progress.finished(name, outcome);
      if (!outcome.ok) failed += 1;
    },
    async discard(opening) {
      const kernel = await opening;
      if (typeof kernel !== 'string') await kernel.close();
    },
  });
  if (items.length > 1 && interrupted === undefined) {
    options.progress.total(items.length, failed, (performance.now() - began) / 1000);
  }
  return interrupted ?? (failed > 0 ? 1 : 0);
}

/** Nobody types the parameters of a JavaScript notebook, whose author is not told to. */
function languageEnv(notebook: Notebook): NodeJS.ProcessEnv {
  return languageOf(notebook) === 'javascript' ? { COKERNEL_LANGUAGE: 'javascript' } : {};
}

function prepared(source: Source, { parameters, say }: Options): Notebook {
  const { notebook, tagged } = withParameters(source.notebook, parameters);
  if (parameters.size > 0 && !tagged) {
    say(`${source.name} has no cell tagged 'parameters'; they are inserted before its first cell.`);
  }
  return notebook;
}
