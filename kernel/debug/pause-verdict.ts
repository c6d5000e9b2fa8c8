// Why V8 has paused, and what becomes of it: somebody is told, or the program goes on.

import type { Breakpoints } from './breakpoints.ts';
import type { CallStacks } from './call-stack.ts';
import type { CallFrame, Paused } from './debugged-program.ts';
import type { Exceptions, Told } from './exceptions.ts';
import type { StepKind, Stepping } from './stepping.ts';
import type { StopHere } from './stop-here.ts';

/** What becomes of a pause. */
export interface Verdict {
  readonly next: 'stop' | 'resume' | StepKind;
  readonly reason?: string;
  readonly told?: Told | undefined;
  readonly task?: number | undefined;
}

/** What judges. */
export interface JudgeParts {
  readonly stacks: CallStacks;
  readonly exceptions: Exceptions;
  readonly breakpoints: Breakpoints;
  readonly stepping: Stepping;
  readonly stopHere: StopHere;
  /** Whether a client has asked for a pause. */
  readonly isPausing: () => boolean;
}

/** Makes the judge of a program's pauses; it is given the task that runs. */
export function createJudge({
  stacks,
  exceptions,
  breakpoints,
  stepping,
  stopHere,
  isPausing,
}: JudgeParts): (task: number, paused: Paused) => Promise<Verdict> {
  /** A program that only waits is shown by the first task that stands in a person's code. */
  const pausedTask = async (task: number, paused: Paused): Promise<number> => {
    if (stacks.calls(paused).length > 0) return task;
    const tasks = await stacks.tasks();
    return (tasks.find((one) => one.frames.some(({ internal }) => !internal)) ?? { number: task }).number;
  };
  return async (task, paused) => {
    const ring = await exceptions.ring(paused);
    if (ring) return { next: 'stop', reason: 'exception', told: ring, task: ring.task };
    if (paused.reason === 'exception' || paused.reason === 'promiseRejection') {
      const told = await exceptions.wanted(task, paused);
      return told ? { next: 'stop', reason: 'exception', told } : { next: 'resume' };
    }
    if (stopHere.isHit(paused)) return { next: await stopHere.decide(paused), reason: 'breakpoint' };
    if (isPausing()) return { next: 'stop', reason: 'pause', task: await pausedTask(task, paused) };
    if (paused.hitBreakpoints?.some((id) => breakpoints.isOurs(id))) return { next: 'stop', reason: 'breakpoint' };
    const isStatement = isDebuggerStatement(paused) && stacks.frameOf(paused.callFrames[0] as CallFrame) !== undefined;
    if (stepping.isActive() && !isStatement) return { next: await stepping.decide(task, paused), reason: 'step' };
    // A `debugger` statement; what V8 pauses at in code of nobody's goes on.
    return stacks.calls(paused).length > 0 ? { next: 'stop', reason: 'breakpoint' } : { next: 'resume' };
  };
}

/** V8 tells steps and breakpoints apart from what it calls other: a statement, also one to which a step has led. */
function isDebuggerStatement({ reason, hitBreakpoints = [] }: Paused): boolean {
  return (reason === 'other' || reason === 'ambiguous') && hitBreakpoints.length === 0;
}
