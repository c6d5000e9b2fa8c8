// `cokernel run`: executes notebooks and writes each result whole or not at all.

import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { makeFolder } from '../../runtime/make-folder.ts';
import { executeEach, type Options, type Ran } from './each.ts';
import { type CellResult, errorOf } from './execute-cell.ts';
import { type Executed, raises } from './execute-notebook.ts';
import { afterRun } from './executed.ts';
import type { CodeCell, Notebook, Output, StreamOutput } from './notebook/notebook.ts';
import { writeNotebook } from './notebook/write.ts';
import { derived, openSource, type Source } from './open.ts';
import type { LiveSource } from './page/live-site.ts';
import type { Outcome } from './progress-line.ts';
import { checkTarget, followed, reason, save, saveUnlessChanged } from './save.ts';

export interface RunOptions extends Options {
  readonly allowErrors: boolean;
  readonly out?: string;
  readonly inplace: boolean;
  readonly html: boolean;
  /** The pages run their cells in the browser. */
  readonly live: boolean;
}

/** A failed cell may have written without end. */
const STDERR_LINES = 20;

interface Planned {
  readonly source: Source;
  readonly notebookTarget?: string;
  readonly pageTarget?: string;
}

/** Resolves to the exit code: 0, 1 if something failed, 128 plus the signal's number if a signal ended it. */
export async function runNotebooks(options: RunOptions): Promise<number> {
  const plan = planAll(options);
  if (plan === undefined) return 1;
  const code = await executeEach(plan, options, {
    goOn: (cell) => options.allowErrors || raises(cell) !== undefined,
    finish: (planned, ran) => finish(planned, ran, options),
  });
  if (options.live && code === 0) {
    options.say(`${options.out} is a static site. Serve it to look at it: from a file: address no script runs.`);
  }
  return code;
}

/** Checks everything that can be checked before a kernel starts; returns undefined if something is wrong. */
function planAll(options: RunOptions): readonly Planned[] | undefined {
  const plan: Planned[] = [];
  const targets = new Map<string, string>();
  let bad = false;
  for (const name of options.files) {
    try {
      const planned = planOne(openSource(name), options);
      for (const target of [planned.notebookTarget, planned.pageTarget]) {
        if (target === undefined) continue;
        const file = followed(target);
        const other = targets.get(file);
        if (other !== undefined) throw new Error(`${name} and ${other} would both be written to ${target}.`);
        targets.set(file, name);
        checkTarget(target);
      }
      plan.push(planned);
    } catch (error) {
      options.say((error as Error).message);
      bad = true;
    }
  }
  return bad || !makeOut(options) ? undefined : plan;
}

/** Makes the folder before the long work: in some places that fails although every check beforehand passes. */
function makeOut({ out, say }: RunOptions): boolean {
  try {
    if (out !== undefined) makeFolder(resolve(out));
    return true;
  } catch (error) {
    say(`the folder ${out} cannot be made: ${reason(error)}.`);
    return false;
  }
}

function planOne(source: Source, { out, inplace, html }: RunOptions): Planned {
  if (inplace && !source.holdsOutputs) {
    throw new Error(
      `${source.name} has no place for outputs, so --inplace cannot write them. Use --out DIR, which makes an .ipynb.`,
    );
  }
  if (out !== undefined && existsSync(out) && !statSync(out).isDirectory()) {
    throw new Error(`${out} is a file, but --out expects a folder.`);
  }
  const folder = resolve(out ?? dirname(source.path));
  const notebookTarget = inplace ? source.path : out === undefined ? undefined : derived(source, folder, '.ipynb');
  if (!inplace && notebookTarget !== undefined && existsSync(notebookTarget) && same(notebookTarget, source.path)) {
    throw new Error(
      `${source.name} is in ${out} itself and would be replaced. If that is what you want, use --inplace.`,
    );
  }
  return { source, notebookTarget, pageTarget: html ? derived(source, folder, '.html') : undefined };
}

function same(one: string, other: string): boolean {
  return realpathSync(one) === realpathSync(other);
}

/** Writes the result, or nothing if the notebook failed. */
async function finish(
  planned: Planned,
  { notebook, execution, seconds }: Ran,
  { allowErrors, live, say }: RunOptions,
): Promise<Outcome> {
  const bad = execution.failure === undefined && allowErrors ? undefined : execution.cells.find(isFailure);
  const ran = execution.cells.filter(({ run }) => run !== undefined).length;
  const summary = `${ran} ${ran === 1 ? 'cell' : 'cells'}, ${seconds.toFixed(1)} s`;
  if (bad !== undefined || execution.failure !== undefined) {
    return { ok: false, summary, details: explain(bad, execution.failure) };
  }
  try {
    const changed = await write(afterRun(notebook, execution, withOutputs), planned, { live, say });
    if (changed !== undefined) say(changed);
    return { ok: changed === undefined, summary };
  } catch (error) {
    return { ok: false, summary, details: (error as Error).message };
  }
}

function isFailure({ cell, run }: Executed): boolean {
  if (run === undefined || errorOf(run) === undefined) return false;
  return (run.status !== 'ok' && run.status !== 'error') || raises(cell) === undefined;
}

function explain(bad: Executed | undefined, failure: string | undefined): string {
  const error = bad?.run && errorOf(bad.run);
  if (bad?.run === undefined || error === undefined) return failure ?? 'the notebook failed';
  const { run } = bad;
  const where = run.count === null ? `code cell ${bad.index + 1}` : `Cell [${run.count}]`;
  const how = {
    ok: `${where} ended, but a callback of it failed later:`,
    error: `${where} failed:`,
    timeout: `${where}: ${error.evalue}`,
    lost: `${where}: ${error.evalue}`,
  };
  return [how[run.status], ...error.traceback, ...stderrOf(run)].join('\n');
}

/** The last lines that a failed cell wrote to stderr, which often say why: a notebook that failed is not saved. */
function stderrOf({ outputs }: CellResult): string[] {
  const text = outputs.map((output) => (isStderr(output) ? String(output.text) : '')).join('');
  const lines = text.trimEnd().split('\n');
  return text.trim() === '' ? [] : ['Its stderr:', ...lines.slice(-STDERR_LINES).map((line) => `  ${line}`)];
}

function isStderr(output: Output): output is StreamOutput {
  return output.output_type === 'stream' && output.name === 'stderr';
}

/** The cell with its new outputs; a cell that did not run keeps its old ones. */
function withOutputs(cell: CodeCell, { run, skipped }: Executed): CodeCell {
  if (run !== undefined) {
    return { ...cell, metadata: untimed(cell.metadata), outputs: run.outputs, execution_count: run.count };
  }
  return skipped === 'empty' ? { ...cell, outputs: [], execution_count: null } : cell;
}

/** Drops the times of an earlier run, as JupyterLab does unless it records new ones. */
function untimed({ execution, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

/** Returns a sentence if the file was not overwritten, because somebody changed it while it was executed. */
async function write(
  notebook: Notebook,
  { source, notebookTarget, pageTarget }: Planned,
  { live, say }: Pick<RunOptions, 'live' | 'say'>,
): Promise<string | undefined> {
  const name = basename(notebookTarget ?? source.path);
  const liveSource = live ? { notebook, path: source.path, name, say } : undefined;
  const page = pageTarget && (await pageText(notebook, source, pageTarget, liveSource));
  if (notebookTarget === source.path) {
    const written = saveUnlessChanged(source.path, writeNotebook(notebook), source.text);
    if (written !== source.path) {
      return `${source.name} was changed while it was executed, and is left as it is. What was executed is in ${written}.`;
    }
  } else if (notebookTarget) save(notebookTarget, writeNotebook(notebook));
  if (pageTarget && page) save(pageTarget, page);
  return undefined;
}

async function pageText(notebook: Notebook, source: Source, target: string, live?: LiveSource): Promise<string> {
  const { pageOf } = await import('./page/page.ts');
  const title = basename(source.name, '.ipynb');
  if (live === undefined) return pageOf(notebook, title);
  const { writeLive } = await import('./page/live-site.ts');
  return pageOf(notebook, title, await writeLive(dirname(target), live));
}
