// Runs one notebook from top to bottom in a kernel of its own. Nothing is written here, and the notebook that is
// given is not changed: what came out is in the answer.

import { type CellRun, executeCell } from './cell.ts';
import { type RunningKernel, startKernel } from './kernel/client.ts';
import { type CodeCell, isCode, type Notebook, tagsOf } from './notebook/notebook.ts';
import type { Displays } from './outputs.ts';

/** One code cell and what became of it; `run` is absent where it was skipped or not reached. */
export interface Executed {
  readonly cell: CodeCell;
  /** Its place among all cells of the notebook, from 0. */
  readonly index: number;
  readonly run?: CellRun;
  readonly skipped?: 'tag' | 'empty';
}

export interface ExecuteOptions {
  /** The notebook's folder. */
  readonly directory: string;
  /** Seconds for each cell. */
  readonly timeout?: number;
  readonly clock?: 'virtual';
  /** Whether to go on after this cell failed. */
  readonly goOn: (cell: CodeCell) => boolean;
  readonly progress?: (done: number, cells: number, seconds: number) => void;
  /** Ends the kernel when it is aborted. */
  readonly signal?: AbortSignal;
  /** The kernel's entry; the package's own unless said otherwise. */
  readonly main?: string;
}

export interface Execution {
  readonly cells: readonly Executed[];
  /** What the kernel says of its language, for the notebook's metadata. */
  readonly languageInfo?: object;
  /** Why no cell ran, or not all: the kernel did not start, or was lost. */
  readonly failure?: string;
}

/** Runs the code cells in order. Rejects only where the signal was aborted. */
export async function executeNotebook(notebook: Notebook, options: ExecuteOptions): Promise<Execution> {
  options.signal?.throwIfAborted();
  let kernel: RunningKernel;
  try {
    const env = options.clock === undefined ? {} : { COKERNEL_CLOCK: options.clock };
    kernel = await startKernel({ directory: options.directory, main: options.main, env, signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    return { cells: notReached(notebook), failure: (error as Error).message };
  }
  const stop = () => void kernel.close();
  options.signal?.addEventListener('abort', stop);
  try {
    const cells = await executeCells(notebook, kernel, options);
    await Promise.race([allIdle(cells), kernel.ended.catch(() => {})]);
    options.signal?.throwIfAborted();
    const lost = cells.find(({ run }) => run?.status === 'lost')?.run?.error?.evalue;
    return { cells, languageInfo: (await kernel.client.info).language_info, failure: lost };
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await kernel.close();
  }
}

async function executeCells(notebook: Notebook, kernel: RunningKernel, options: ExecuteOptions): Promise<Executed[]> {
  const cells = notReached(notebook);
  const displays: Displays = new Map();
  let stopped = false;
  for (const [position, { cell, index }] of cells.entries()) {
    if (stopped || options.signal?.aborted) break;
    const skipped = whySkipped(cell);
    if (skipped) {
      cells[position] = { cell, index, skipped };
    } else {
      const run = await executeCell(kernel, { source: cell.source, id: cell.id, displays, timeout: options.timeout });
      cells[position] = { cell, index, run };
      stopped = run.status === 'lost' || (run.status !== 'ok' && !options.goOn(cell));
    }
    options.progress?.(position + 1, cells.length, cells[position]?.run?.seconds ?? 0);
  }
  return cells;
}

/** An idle that never comes is not worth more than this. */
const IDLE_MS = 10_000;

async function allIdle(cells: readonly Executed[]): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, IDLE_MS);
  await Promise.race([Promise.all(cells.map(({ run }) => run?.idle)), late.promise]);
  clearTimeout(timer);
}

function notReached(notebook: Notebook): Executed[] {
  return notebook.cells.flatMap((cell, index) => (isCode(cell) ? [{ cell, index }] : []));
}

/** `skip` is doctest's +SKIP, `skip-execution` what nbclient goes by. */
function whySkipped(cell: CodeCell): Executed['skipped'] {
  const tags = tagsOf(cell);
  if (tags.includes('skip') || tags.includes('skip-execution')) return 'tag';
  return cell.source.trim() === '' ? 'empty' : undefined;
}

/** The error that a cell is meant to raise: a name, `*` for any, undefined where it shall raise none. */
export function raises(cell: CodeCell): string | undefined {
  const tags = tagsOf(cell);
  const named = tags.find((tag) => tag.startsWith('raises:'))?.slice('raises:'.length);
  return named ?? (tags.includes('raises-exception') ? '*' : undefined);
}
