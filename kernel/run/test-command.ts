// `cokernel test`: doctest for notebooks. Runs each notebook and compares its outputs with those it holds.

import { executeEach, type Options, type Ran } from './each.ts';
import type { Executed, Execution } from './execute-notebook.ts';
import { afterRun } from './executed.ts';
import { type CodeCell, isCode } from './notebook/notebook.ts';
import { writeNotebook } from './notebook/write.ts';
import { openSource, type Source } from './open.ts';
import type { Outcome } from './progress-line.ts';
import { checkTarget, save, saveUnlessChanged } from './save.ts';
import { painted } from './test/diff.ts';
import { annotationsOf } from './test/github.ts';
import { junitOf } from './test/junit.ts';
import type { Strictness } from './test/rules.ts';
import { judge, type Tested, type Verdict } from './test/verdict.ts';

export interface TestOptions extends Options {
  readonly update: boolean;
  /** The file to write the JUnit report to. */
  readonly junit?: string;
  readonly github: boolean;
  readonly strictness: Strictness;
}

/** Resolves to the exit code: 0, 1 if something failed, 128 plus the signal's number if a signal ended it. */
export async function testNotebooks(options: TestOptions): Promise<number> {
  const sources = openAll(options);
  if (sources === undefined) return 1;
  const tested = new Map<Source, Tested>();
  const items = sources.map((source) => ({ source }));
  const code = await executeEach(items, options, {
    // As doctest does: later failures are reported too.
    goOn: () => true,
    finish({ source }, ran) {
      const { verdicts, outcome } = conclude(source, ran, options);
      tested.set(source, { source, verdicts });
      return outcome;
    },
  });
  // In the order of the command line, whichever ended first.
  const reported = sources.flatMap((source) => tested.get(source) ?? []);
  try {
    if (options.junit !== undefined) save(options.junit, junitOf(reported));
  } catch (error) {
    options.say((error as Error).message);
    return code === 0 ? 1 : code;
  }
  if (options.github) for (const line of reported.flatMap(annotationsOf)) process.stdout.write(`${line}\n`);
  return code;
}

/** Checks everything that can be checked before a kernel starts; returns undefined if something is wrong. */
function openAll({ files, update, junit, say }: TestOptions): readonly Source[] | undefined {
  let bad = false;
  const checked = <Value>(work: () => Value): Value | undefined => {
    try {
      return work();
    } catch (error) {
      say((error as Error).message);
      bad = true;
      return undefined;
    }
  };
  if (junit !== undefined) checked(() => checkTarget(junit));
  const sources = files.flatMap((name) => {
    const source = checked(() => openSource(name));
    if (source && update && source.holdsOutputs) checked(() => checkTarget(source.path));
    return source ?? [];
  });
  return bad ? undefined : sources;
}

/** Judges a notebook that ran, stores new outputs if --update says so, and says what to report. */
function conclude(
  source: Source,
  { execution, seconds }: Ran,
  options: TestOptions,
): { readonly verdicts: readonly Verdict[]; readonly outcome: Outcome } {
  const verdicts = judge(source, execution, options.strictness);
  const failures = verdicts.filter(({ status }) => status === 'failed');
  const updated = options.update && source.holdsOutputs ? update(source, execution, failures, options) : undefined;
  const ok = updated?.written ?? (failures.length === 0 && execution.failure === undefined);
  const summary = `${summaryOf(verdicts)}, ${seconds.toFixed(1)} s`;
  const details = updated?.report ?? (ok ? undefined : explain(source, failures, execution));
  return { verdicts: updated?.written ? verdicts.map(passing) : verdicts, outcome: { ok, summary, details } };
}

function summaryOf(verdicts: readonly Verdict[]): string {
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length;
  const parts = (['passed', 'failed', 'skipped'] as const).map((status) => ({ status, cells: count(status) }));
  return parts
    .flatMap(({ status, cells }) => (cells > 0 || status === 'passed' ? [`${cells} ${status}`] : []))
    .join(', ');
}

function explain(source: Source, failures: readonly Verdict[], { failure }: Execution): string {
  if (failures.length === 0 || failures.every(({ executed }) => executed.run === undefined))
    return failure ?? 'nothing ran';
  const reports = failures.map(({ name, message, detail, differs }) =>
    [`${name}: ${message}`, ...(detail ? [differs ? painted(detail) : detail] : [])].join('\n'),
  );
  const bare = source.notebook.cells.every((cell) => !isCode(cell) || cell.outputs.length === 0);
  const hint = bare && source.holdsOutputs && failures.some(({ differs }) => differs);
  return [
    ...reports,
    ...(hint ? ['The notebook holds no outputs at all. To store them: cokernel test --update'] : []),
  ].join('\n\n');
}

/** The verdict after an update: nothing differs any more. */
function passing(verdict: Verdict): Verdict {
  return verdict.differs ? { ...verdict, status: 'passed', message: undefined, detail: undefined } : verdict;
}

/** Stores the outputs that differ. An error that no tag announces is not stored: it would pass from then on. */
function update(source: Source, execution: Execution, failures: readonly Verdict[], options: TestOptions) {
  const unfixable = failures.filter(({ differs }) => !differs);
  if (unfixable.length > 0 || execution.failure !== undefined || options.parameters.size > 0) {
    const why =
      unfixable.length > 0 || execution.failure !== undefined
        ? 'Not updated, because it fails. If an error is intended, tag its cell raises:NAME.'
        : 'Not updated, because its outputs depend on --param.';
    return {
      written: failures.length === 0 && execution.failure === undefined,
      report: [explain(source, failures, execution), why].join('\n\n'),
    };
  }
  const differing = new Set(failures.map(({ executed }) => executed.index));
  const fresh = afterRun(source.notebook, execution, (cell, executed) =>
    withFresh(cell, executed, differing.has(executed.index)),
  );
  if (differing.size === 0) return { written: true, report: undefined };
  try {
    const written = saveUnlessChanged(source.path, writeNotebook(fresh), source.text);
    if (written !== source.path) {
      return { written: false, report: `it was changed while it ran, and not updated. The update is in ${written}.` };
    }
  } catch (error) {
    return { written: false, report: (error as Error).message };
  }
  return { written: true, report: reportOf(failures) };
}

function reportOf(updated: readonly Verdict[]): string {
  const count = `updated ${updated.length} ${updated.length === 1 ? 'cell' : 'cells'}`;
  const dotted = updated.filter(({ executed }) => JSON.stringify(executed.cell.outputs).includes('...'));
  if (dotted.length === 0) return count;
  const cells = dotted.map(({ executed }) => `[${executed.run?.count}]`).join(', ');
  return `${count}; the stored outputs of ${cells} contained '...', which is now gone: write it again where you want it`;
}

/** Fresh outputs for a cell that differs; other cells keep theirs, with each `...`. Counts are those of this run. */
function withFresh(cell: CodeCell, { run }: Executed, differs: boolean): CodeCell {
  if (run === undefined) return cell;
  const outputs = cell.outputs.map((output) =>
    output.output_type === 'execute_result' ? { ...output, execution_count: run.count } : output,
  );
  return { ...cell, outputs: differs ? run.outputs : outputs, execution_count: run.count };
}
