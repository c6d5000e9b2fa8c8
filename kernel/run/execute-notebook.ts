// Runs one notebook from top to bottom in a kernel of its own. Writes no file and does not change the notebook: the
// outputs are in the result.

import { type CellResult, executeCell } from './execute-cell.ts';
import { type RunningKernel, startKernel } from './kernel/client.ts';
import type { KernelSettings } from './kernel/launch.ts';
import { cellOptions } from './notebook/cell-options.ts';
import { type CodeCell, isCode, type Notebook, tagsOf } from './notebook/notebook.ts';
import type { Displays } from './outputs.ts';
import { createWidgetStates } from './widget-states.ts';

/** One code cell and its run; `run` is absent if the cell was skipped or not reached. */
export interface Executed {
  readonly cell: CodeCell;
  /** Its place among all cells of the notebook, from 0. */
  readonly index: number;
  readonly run?: CellResult;
  readonly skipped?: 'tag' | 'empty';
}

export interface ExecuteOptions {
  /** Seconds for each cell. */
  readonly timeout?: number;
  /** Whether to go on after this cell failed. */
  readonly goOn: (cell: CodeCell) => boolean;
  readonly progress?: (done: number, cells: number, executed: Executed) => void;
  /** Shuts the kernel down when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface Execution {
  readonly cells: readonly Executed[];
  /** The kernel's language_info, for the notebook's metadata. */
  readonly languageInfo?: object;
  /** The states of the widgets that cells made, for the notebook's metadata. */
  readonly widgets?: object;
  /** Why not all cells ran: the kernel did not start, or was lost. */
  readonly failure?: string;
}

/** A kernel, or a sentence that says why it did not start. Never rejects. */
export type Opening = Promise<RunningKernel | string>;

/**
 * Starts the kernel in which a notebook will be executed. Where cells are checked, TypeScript's server starts as well, by
 * a question that nobody needs: it loads while the cells of an earlier notebook run.
 */
export async function openKernel(settings: KernelSettings & { readonly signal?: AbortSignal }): Opening {
  try {
    const kernel = await startKernel(settings);
    const diagnostics = settings.env?.COKERNEL_DIAGNOSTICS ?? process.env.COKERNEL_DIAGNOSTICS;
    if (diagnostics !== 'off') {
      kernel.client.requestInspect({ code: 'undefined', cursor_pos: 0, detail_level: 0 }).catch(() => {});
    }
    return kernel;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Runs the code cells in order in that kernel, then shuts it down. Rejects only if the signal was aborted. */
export async function executeNotebook(
  notebook: Notebook,
  opening: Opening,
  options: ExecuteOptions,
): Promise<Execution> {
  const kernel = await opening;
  if (typeof kernel === 'string') {
    options.signal?.throwIfAborted();
    return { cells: notReached(notebook), failure: kernel };
  }
  const stop = () => void kernel.close();
  options.signal?.addEventListener('abort', stop);
  const widgets = createWidgetStates();
  kernel.client.iopubMessage.connect((_, message) => widgets.take(message));
  try {
    options.signal?.throwIfAborted();
    const cells = await executeCells(notebook, kernel, options);
    await Promise.race([allIdle(cells), kernel.ended.catch(() => {})]);
    options.signal?.throwIfAborted();
    const lost = cells.find(({ run }) => run?.status === 'lost')?.run?.error?.evalue;
    const { language_info: languageInfo } = await kernel.client.info;
    return { cells, languageInfo, widgets: widgets.stored(), failure: lost };
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
    options.progress?.(position + 1, cells.length, cells[position] as Executed);
  }
  return cells;
}

/**
 * How long to wait for idle messages: longer than the kernel waits for TypeScript (`PATIENCE_MS` in kernel/launch.ts).
 */
const IDLE_MS = 12_000;

async function allIdle(cells: readonly Executed[]): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, IDLE_MS);
  await Promise.race([Promise.all(cells.map(({ run }) => run?.idle)), late.promise]);
  clearTimeout(timer);
}

function notReached(notebook: Notebook): Executed[] {
  return notebook.cells.flatMap((cell, index) => (isCode(cell) ? [{ cell, index }] : []));
}

/** `skip` is doctest's +SKIP, `skip-execution` is nbclient's tag, `nbval-skip` is nbval's. */
function whySkipped(cell: CodeCell): Executed['skipped'] {
  const tags = tagsOf(cell);
  if (['skip', 'skip-execution', 'nbval-skip'].some((tag) => tags.includes(tag))) return 'tag';
  if (cellOptions(cell.source).eval === false) return 'tag';
  return cell.source.trim() === '' ? 'empty' : undefined;
}

/** The error that a cell should raise: a name, `*` for any error, undefined for none. */
export function raises(cell: CodeCell): string | undefined {
  const tags = tagsOf(cell);
  const named = tags.find((tag) => tag.startsWith('raises:'))?.slice('raises:'.length);
  return named ?? (tags.includes('raises-exception') || tags.includes('nbval-raises-exception') ? '*' : undefined);
}
