// `cokernel test`: doctest for notebooks. Runs each and compares what comes out with what is stored.

import { executeEach, type Options, type Ran } from './each.ts';
import type { Executed, Execution } from './execute-notebook.ts';
import { afterRun } from './executed.ts';
import { type CodeCell, isCode } from './notebook/notebook.ts';
import { writeNotebook } from './notebook/write.ts';
import { openSource, type Source } from './open.ts';
import type { Outcome } from './progress-line.ts';
import { checkTarget, save } from './save.ts';
import { painted } from './test/diff.ts';
import { annotationsOf } from './test/github.ts';
import { junitOf } from './test/junit.ts';
import type { Strictness } from './test/rules.ts';
import { judge, type Tested, type Verdict } from './test/verdict.ts';

export interface TestOptions extends Options {
  readonly update: boolean;
  /** Where the JUnit report goes. */
  readonly junit?: string;
  readonly github: boolean;
  readonly strictness: Strictness;
}

/** Resolves with the exit code: 0, 1 where something failed, 128 and the number of the signal that ended it. */
export async function testNotebooks(options: TestOptions): Promise<number> {
  const sources = openAll(options);
  if (sources === undefined) return 1;
  const tested = new Map<Source, Tested>();
  const items = sources.map((source) => ({ source }));
  const code = await executeEach(items, options, {
    // As doctest does: what fails later is told as well.
    goOn: () => true,
    finish({ source }, ran) {
      const { verdicts, outcome } = conclude(source, ran, options);
      tested.set(source, { source, verdicts });
      return outcome;
    },
  });
  // In the order that the person gave, whichever ended first.
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

/** Everything that can be found wrong before a kernel starts; undefined where something was. */
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

/** The verdicts on a notebook that ran, what is told of it, and with --update what is stored. */
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
  const details = updated?.said ?? (ok ? undefined : explain(source, failures, execution));
  return { verdicts: updated?.written ? verdicts.map(settled) : verdicts, outcome: { ok, summary, details } };
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
  const told = failures.map(({ name, message, detail, differs }) =>
    [`${name}: ${message}`, ...(detail ? [differs ? painted(detail) : detail] : [])].join('\n'),
  );
  const bare = source.notebook.cells.every((cell) => !isCode(cell) || cell.outputs.length === 0);
  const hint = bare && source.holdsOutputs && failures.some(({ differs }) => differs);
  return [...told, ...(hint ? ['It holds no outputs at all. To store them: cokernel test --update'] : [])].join('\n\n');
}

/** After an update nothing differs any more. */
function settled(verdict: Verdict): Verdict {
  return verdict.differs ? { ...verdict, status: 'passed', message: undefined, detail: undefined } : verdict;
}

/** Stores what came out where it differs. An error that nobody announced is not stored: it would pass from then on. */
function update(source: Source, execution: Execution, failures: readonly Verdict[], options: TestOptions) {
  const stubborn = failures.filter(({ differs }) => !differs);
  if (stubborn.length > 0 || execution.failure !== undefined || options.parameters.size > 0) {
    const why =
      stubborn.length > 0 || execution.failure !== undefined
        ? 'Not updated, for it fails; where an error is meant, tag its cell raises:NAME.'
        : 'Not updated: its outputs with --param are not those without.';
    return {
      written: failures.length === 0 && execution.failure === undefined,
      said: [explain(source, failures, execution), why].join('\n\n'),
    };
  }
  const differing = new Set(failures.map(({ executed }) => executed.index));
  const fresh = afterRun(source.notebook, execution, (cell, executed) =>
    withFresh(cell, executed, differing.has(executed.index)),
  );
  if (differing.size === 0) return { written: true, said: undefined };
  try {
    save(source.path, writeNotebook(fresh));
  } catch (error) {
    return { written: false, said: (error as Error).message };
  }
  return { written: true, said: saidOf(failures) };
}

function saidOf(updated: readonly Verdict[]): string {
  const count = `updated ${updated.length} ${updated.length === 1 ? 'cell' : 'cells'}`;
  const dotted = updated.filter(({ executed }) => JSON.stringify(executed.cell.outputs).includes('...'));
  if (dotted.length === 0) return count;
  const cells = dotted.map(({ executed }) => `[${executed.run?.count}]`).join(', ');
  return `${count}; what was stored for ${cells} held '...', which is gone: write it again where it is meant`;
}

/** Fresh outputs for a cell that differs; any other keeps its own, with each `...` in them. Counts are of this run. */
function withFresh(cell: CodeCell, { run }: Executed, differs: boolean): CodeCell {
  if (run === undefined) return cell;
  const outputs = cell.outputs.map((output) =>
    output.output_type === 'execute_result' ? { ...output, execution_count: run.count } : output,
  );
  return { ...cell, outputs: differs ? run.outputs : outputs, execution_count: run.count };
}
