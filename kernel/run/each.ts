// What `cokernel run` and `cokernel test` share: each notebook in a kernel of its own, told of as it goes, and the
// exit code. The next notebook's kernel gets ready while this one's cells run; its own cells wait for their turn.

import { type Execution, executeNotebook, type Opening, openKernel } from './execute-notebook.ts';
import { runJobs } from './jobs.ts';
import type { CodeCell, Notebook } from './notebook/notebook.ts';
import type { Source } from './open.ts';
import { type Parameters, withParameters } from './parameters.ts';
import type { Outcome, Progress } from './progress-line.ts';

/** What both commands are told. */
export interface Options {
  readonly files: readonly string[];
  readonly jobs: number;
  /** Seconds for each cell. */
  readonly timeout?: number;
  /** For the kernels, on top of this process's environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly parameters: Parameters;
  readonly progress: Progress;
  /** For sentences. */
  readonly say: (sentence: string) => void;
  /** The kernel's entry; the package's own unless said otherwise. */
  readonly main?: string;
}

/** A notebook that ran, its parameters in it. */
export interface Ran {
  readonly notebook: Notebook;
  readonly execution: Execution;
  readonly seconds: number;
}

/** In what the two commands differ. */
export interface Command<Item extends { readonly source: Source }> {
  /** Whether to go on after this cell failed. */
  goOn(cell: CodeCell): boolean;
  /** Called when a notebook ran. */
  finish(item: Item, ran: Ran): Outcome | Promise<Outcome>;
}

/** Resolves with the exit code: 0, 1 where a notebook failed, 128 and the number of the signal that ended it. */
export async function executeEach<Item extends { readonly source: Source }>(
  items: readonly Item[],
  options: Options,
  command: Command<Item>,
): Promise<number> {
  let failed = 0;
  const began = performance.now();
  const { interrupted } = await runJobs<Item, Opening>(items, options.jobs, {
    prepare: ({ source: { directory } }, signal) =>
      openKernel({ directory, main: options.main, env: options.environment, signal }),
    async work(item, opening, { over, ahead }) {
      const { name } = item.source;
      const notebook = prepared(item.source, options);
      const began = performance.now();
      opening.then(ahead);
      const execution = await executeNotebook(notebook, opening, {
        timeout: options.timeout,
        goOn: command.goOn,
        progress: (done, cells) => options.progress.cell(name, done, cells),
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

function prepared(source: Source, { parameters, say }: Options): Notebook {
  const { notebook, tagged } = withParameters(source.notebook, parameters);
  if (parameters.size > 0 && !tagged) {
    say(`${source.name} has no cell tagged 'parameters'; they go before its first cell.`);
  }
  return notebook;
}
