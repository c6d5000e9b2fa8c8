// Judges each cell of a notebook that ran against what the notebook holds.

import { errorOf } from '../execute-cell.ts';
import { type Executed, type Execution, raises } from '../execute-notebook.ts';
import type { ErrorOutput, Output } from '../notebook/notebook.ts';
import type { Source } from '../open.ts';
import { compareOutputs } from './compare.ts';
import { type Rules, rulesOf, type Strictness } from './rules.ts';

export interface Verdict {
  readonly executed: Executed;
  /** Such as `Cell [3]`, followed by the cell's first line. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** One line. */
  readonly message?: string;
  /** More lines: a diff or a traceback. */
  readonly detail?: string;
  /** True if only stored and fresh outputs differ, which --update can resolve. */
  readonly differs?: boolean;
}

/** A notebook and the verdict on each of its cells. */
export interface Tested {
  readonly source: Source;
  readonly verdicts: readonly Verdict[];
}

/** A verdict for each code cell, in order. */
export function judge(
  { holdsOutputs }: Pick<Source, 'holdsOutputs'>,
  execution: Execution,
  strictness: Strictness,
): Verdict[] {
  return execution.cells.map((executed) => {
    const name = nameOf(executed);
    const rules = holdsOutputs ? rulesOf(executed.cell, strictness) : undefined;
    return { executed, name, ...judgeCell(executed, rules, execution.failure) };
  });
}

type Judged = Omit<Verdict, 'executed' | 'name'>;

/** Without rules there are no stored outputs to compare with. */
function judgeCell({ cell, run, skipped }: Executed, rules: Rules | undefined, failure: string | undefined): Judged {
  if (skipped) return { status: 'skipped' };
  if (run === undefined)
    return { status: 'failed', message: `was not reached: ${failure ?? 'an earlier cell stopped the run'}` };
  const wrong = judgeError({ cell, run }, rules !== undefined);
  if (wrong !== undefined) return wrong;
  if (rules === undefined || rules.unchecked) return { status: 'passed' };
  const stored = cell.outputs;
  const expected = raises(cell) !== undefined && !stored.some(isError);
  // An error that is announced by a tag but not stored is not compared any further.
  const fresh = expected ? run.outputs.filter((output) => !isError(output)) : run.outputs;
  const detail = compareOutputs(stored, fresh, rules);
  if (detail === undefined) return { status: 'passed' };
  return { status: 'failed', message: 'its outputs (+) differ from those stored (-)', detail, differs: true };
}

/** The verdict if the cell failed but should not have, or the other way round. */
function judgeError({ cell, run }: Required<Pick<Executed, 'cell' | 'run'>>, compared: boolean): Judged | undefined {
  const expected = raises(cell);
  const error = errorOf(run);
  if (run.status === 'timeout' || run.status === 'lost') {
    return { status: 'failed', message: error?.evalue, detail: error?.traceback.join('\n') };
  }
  if (error === undefined) {
    if (expected === undefined || expected === '*') return undefined;
    return { status: 'failed', message: `should raise ${expected}, but raised nothing` };
  }
  const raised = `raised ${error.ename}: ${error.evalue}${run.error === undefined ? ' (in a callback, after the cell ended)' : ''}`;
  if (expected !== undefined) {
    if (expected === '*' || expected === error.ename) return undefined;
    return { status: 'failed', message: `should raise ${expected}, but ${raised}`, detail: error.traceback.join('\n') };
  }
  // A stored error is an expectation too, as doctest's tracebacks are.
  if (compared && cell.outputs.some(isError)) return undefined;
  return { status: 'failed', message: raised, detail: error.traceback.join('\n') };
}

function isError(output: Output): output is ErrorOutput {
  return output.output_type === 'error';
}

function nameOf({ cell, index, run }: Executed): string {
  const place = run?.count === undefined || run.count === null ? `cell ${index + 1}` : `Cell [${run.count}]`;
  const first =
    cell.source
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '';
  return first === '' ? place : `${place} ${first.length > 60 ? `${first.slice(0, 59)}…` : first}`;
}
