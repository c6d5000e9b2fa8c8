// Steps. V8 steps over an await by itself where the coroutine goes on; it strays into other tasks at a task's last line, and
// on the way out of a coroutine that suspends again. Then the engine is watched until the step's own task goes on.

import { NO_TASK } from '../../runtime/debuggee.ts';
import type { CallStacks, StackFrame } from './call-stack.ts';
import { DEBUGGEE_TEXT, PAUSE, type Paused, type Program } from './debugged-program.ts';

export type StepKind = 'stepOver' | 'stepInto' | 'stepOut';

/** What is to be done at a pause: stop there, or go on by that command. */
export type Decision = 'stop' | 'resume' | StepKind;

/** The step under way. */
export interface Stepping {
  isActive(): boolean;
  /** Whether what it began in has ended, and no task that awaited it is left. Asked while the program runs. */
  isOver(): Promise<boolean>;
  /** Begins a step and gives the command for V8. */
  begin(kind: StepKind, task: number, paused: Paused): Promise<StepKind>;
  /** V8 has paused, and neither a breakpoint nor an error is the reason. */
  decide(task: number, paused: Paused): Promise<Decision>;
  /** Whether the pause is one of the engine's, which are nobody's breakpoints. */
  isEngine(paused: Paused): boolean;
  /** The step is over. */
  end(): Promise<void>;
  /** V8 knows nothing of it any more. */
  forget(): void;
}

interface Step {
  readonly kind: StepKind;
  readonly task: number;
  readonly path: string;
  readonly line: number;
  readonly depth: number;
  /** The function in which it began, as V8 places it. */
  readonly place: string;
  count: number;
}

/** V8 stops several times on one line. */
const MOST_ON_A_LINE = 500;

/** Makes what steps. */
export function createStepping(program: Program, stacks: CallStacks): Stepping {
  let step: Step | undefined;
  let engine: string[] = [];
  const lift = async () => {
    const ids = engine;
    engine = [];
    await Promise.all(
      ids.map((breakpointId) => program.inspector.call('Debugger.removeBreakpoint', { breakpointId }).catch(() => {})),
    );
  };
  const watchEngine = async () => {
    if (engine.length > 0) return;
    for (const [name, asked] of Object.entries({ resume: 'resumes', leave: 'leaves' })) {
      const { objectId } = await program.object(`steps.engine.${name}`, PAUSE);
      const condition = `${DEBUGGEE_TEXT}.steps.${asked}(...arguments)`;
      const made = await program.inspector.call<{ readonly breakpointId: string }>(
        'Debugger.setBreakpointOnFunctionCall',
        { objectId, condition },
      );
      engine.push(made.breakpointId);
    }
  };
  /** How many calls stand above the innermost coroutine, and how many coroutines the task stands in. */
  const depthOf = async (paused: Paused): Promise<{ readonly calls: number; readonly coroutines: number }> => {
    const first = paused.callFrames.findIndex((call) => stacks.frameOf(call) === undefined);
    const calls = first === -1 ? paused.callFrames.length : first;
    const current = (await stacks.tasks()).find((task) => task.current);
    return { calls, coroutines: current?.frames.length ?? 0 };
  };
  return {
    isActive: () => step !== undefined,
    // What runs outside of tasks leaves no trace of its end.
    isOver: async () => step !== undefined && step.task !== NO_TASK && program.ask<boolean>('steps.isOver()'),
    isEngine: ({ hitBreakpoints = [] }) => hitBreakpoints.some((id) => engine.includes(id)),
    async begin(kind, task, paused) {
      const top = stacks.calls(paused)[0];
      const { calls, coroutines } = await depthOf(paused);
      await program.ask(`steps.begin(${kind === 'stepOut' && calls <= 1})`);
      const [path, line] = [top?.path ?? '', top?.line ?? 0];
      step = { kind, task, path, line, depth: calls + coroutines, place: placeOf(paused), count: 0 };
      return kind;
    },
    async decide(task, paused) {
      if (!step) return 'stop';
      const top = stacks.calls(paused)[0];
      if (this.isEngine(paused)) {
        await lift();
        return 'stepInto';
      }
      if (!(await program.ask<boolean>('steps.belongs()')) && !isSameWithoutTask(step, task, paused)) {
        await watchEngine();
        return 'resume';
      }
      const first = paused.callFrames[0];
      if (!top || (first && stacks.frameOf(first) === undefined)) return again(step);
      const { calls, coroutines } = await depthOf(paused);
      return isUnderWay(step, task, top, calls + coroutines) ? again(step) : 'stop';
    },
    async end() {
      step = undefined;
      await lift();
    },
    forget() {
      step = undefined;
      engine = [];
    },
  };
}

function again(step: Step): Decision {
  step.count += 1;
  if (step.count > MOST_ON_A_LINE) return 'stop';
  return step.kind === 'stepOut' ? 'stepOver' : step.kind;
}

function isUnderWay({ kind, task, path, line, depth }: Step, now: number, top: StackFrame, deep: number): boolean {
  if (now !== task) return false;
  if (kind === 'stepOut') return deep >= depth;
  const here = top.path === path && top.line === line;
  return kind === 'stepOver' ? deep > depth || (here && deep === depth) : here && deep === depth;
}

/** A native async function goes on outside of every task; a callback never was in one. */
function isSameWithoutTask({ place }: Step, task: number, paused: Paused): boolean {
  return task === NO_TASK && placeOf(paused) === place;
}

function placeOf({ callFrames: [first] }: Paused): string {
  const { scriptId, lineNumber, columnNumber } = first?.functionLocation ?? { scriptId: '', lineNumber: 0 };
  return `${scriptId}:${lineNumber}:${columnNumber ?? 0}`;
}
