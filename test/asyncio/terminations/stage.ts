// One run of a scenario on a virtual clock, in which V8 ends the library's code at the n-th marked place: as the kernel
// does it, by the inspector's Runtime.terminateExecution, which no `catch` and no `finally` sees.

import { type Coroutine, type ExceptionContext, Loop, type Task, type TaskOptions, warnings } from 'cokernel';
import { guarded, places } from './places.ts';

/** What a program gets that the host interrupts. */
export class KeyboardInterrupt extends Error {
  override name = 'KeyboardInterrupt';
}

/** The message of errors that scenarios throw: they may be reported, once the task that would catch them was killed. */
export const PLANNED = 'as planned';

// Coroutines that a victim had made are lost with it.
warnings.hook = () => {};

/** What a scenario plays on. */
export interface Stage {
  readonly loop: Loop;
  /** Starts a task and says what is to become of it. */
  play(name: string, coroutine: Coroutine<unknown>, expected?: Expected): Task<unknown>;
  /** Says at the end what is wrong; undefined: nothing. */
  finally(check: (victim: string | null) => string | undefined): void;
}

/** What is to become of a task. It may always fail if it was terminated itself. */
export interface Expected {
  /** Its result; anything if left out. */
  readonly value?: unknown;
  /** Another result, which it may have if somebody was killed. */
  readonly or?: unknown;
  /** It may fail as interrupted if one of these was killed; `*`: whichever. */
  readonly after?: string;
  /** Whether it may still wait at the end. */
  readonly mayWait?: (victim: string | null) => boolean;
  readonly options?: TaskOptions;
}

/** How a run went. */
export interface Played {
  /** How many places were reached before the end, or before the termination. */
  readonly reached: number;
  /** Where the code was terminated; null if it was not. */
  readonly place: string | null;
  /** What is wrong; empty if nothing is. */
  readonly wrong: readonly string[];
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Part {
  readonly task: Task<unknown>;
  readonly expected: Expected;
}

/** Plays a scenario and terminates it at the `at`-th place. */
export async function play(scenario: (stage: Stage) => void, at: number): Promise<Played> {
  const wrong: string[] = [];
  const parts = new Map<string, Part>();
  const checks: ((victim: string | null) => string | undefined)[] = [];
  let victim: string | null = null;
  const loop = new Loop({
    shared: true,
    clock: 'virtual',
    enter(turn) {
      places.armed = places.hit === null;
      const whole = guarded(turn);
      places.armed = false;
      if (!whole) victim = loop.recover(new KeyboardInterrupt())?.task?.getName() ?? null;
    },
    onException: (context) => void wrong.push(...reported(context)),
  });
  places.reached = 0;
  places.target = at;
  places.hit = null;
  loop.install();
  loop.hold();
  scenario({
    loop,
    play(name, coroutine, expected = {}) {
      const task = loop.createTask(coroutine, { name, ...expected.options });
      parts.set(name, { task, expected });
      return task;
    },
    finally: (check) => void checks.push(check),
  });
  for (let idle = 0, ticks = 0; idle < 3 && ticks < 1000; ticks++) {
    await settled();
    idle = loop.nextTime() === undefined ? idle + 1 : 0;
    if (ticks === 999) wrong.push('it goes on for ever');
  }
  for (const [name, part] of parts) wrong.push(...complaints(name, part, victim));
  for (const task of loop.tasks()) {
    if (![...parts.values()].some((part) => part.task === task)) wrong.push(`${task} is left over`);
  }
  for (const check of checks) wrong.push(...[check(victim) ?? []].flat());
  loop.end();
  return { reached: places.reached, place: places.hit, wrong };
}

/** What was reported that should not have been: only the interruption of a program's own callback may be. */
function reported({ message, exception }: ExceptionContext): string[] {
  const expected = exception instanceof KeyboardInterrupt || (exception as Error).message === PLANNED;
  return expected ? [] : [`reported: ${message} ${String(exception)}`];
}

function complaints(name: string, { task, expected }: Part, victim: string | null): string[] {
  if (!task.done()) return expected.mayWait?.(victim) === true ? [] : [`${name} is stuck: ${waitOf(task)}`];
  const either = victim === null ? [expected.value] : [expected.value, 'or' in expected ? expected.or : expected.value];
  if (task.cancelled()) return either.includes('cancelled') ? [] : [`${name} was cancelled`];
  const error = task.exception();
  if (error instanceof KeyboardInterrupt) return blameless(name, expected, victim) ? [] : [`${name} was interrupted`];
  if (error !== null) return [`${name} failed: ${String(error)}`];
  const value = JSON.stringify(task.result());
  const right = expected.value === undefined || either.some((one) => value === JSON.stringify(one));
  return right ? [] : [`${name} returned ${value}`];
}

/** A task may fail as interrupted if it is the victim, or awaits it. */
function blameless(name: string, { after = '' }: Expected, victim: string | null): boolean {
  return name === victim || after === '*' || (victim !== null && after.split(' ').includes(victim));
}

function waitOf(task: Task<unknown>): string {
  return (task as unknown as { waiting: { waitName(): string } | null }).waiting?.waitName() ?? 'not scheduled';
}
