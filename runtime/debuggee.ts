// What the kernel process calls on the main thread of the cell process by V8's inspector, while a debugger is attached:
// names and plain data. The other messages between the two processes are in events.ts.

import type { DebugScript } from './events.ts';

/** Where the main thread offers it: a property of the global object, under a name that no code can have. */
export const DEBUGGEE = 'cokernel debuggee';

/** The number of what runs without being a task's, such as a callback. */
export const NO_TASK = 1;

/** What the watcher says, in place of V8, where an interrupt is on its way: what a client has asked for is over. */
export const INTERRUPTED = 'cokernel.interrupted';

/** One coroutine of a task's stack. */
export interface ListedFrame {
  readonly name: string;
  /** The line of its await, from 1; 0 if it is not known. */
  readonly line: number;
  /** Part of the library. */
  readonly internal: boolean;
}

/** One task. */
export interface ListedTask {
  /** Its number here: tasks of two loops may have the same id. */
  readonly number: number;
  readonly name: string;
  /** For instance `running`, `ready`, `waits for sleep(0.5)`. */
  readonly state: string;
  readonly current: boolean;
  /** The numbers of the tasks that await it. */
  readonly awaitedBy: readonly number[];
  /** The coroutines that it stands in, innermost first. */
  readonly frames: readonly ListedFrame[];
}

/** A name of the notebook. */
export interface ListedName {
  readonly name: string;
  readonly kind: 'constant' | 'variable' | 'import';
  /** A function that makes coroutines. */
  readonly coroutine: boolean;
}

/** The tasks as a debugger lists them. */
export interface TaskList {
  all(): readonly ListedTask[];
  /** The number of the task that runs now, or NO_TASK. */
  current(): number;
  /** The generators of a task, innermost first; null for a coroutine that has none. */
  bodies(number: number): readonly unknown[];
}

/** What the debugger asks about the step under way. */
export interface OwnSteps {
  /** Notes whose turn ends the step that begins here; `out`: not that of the innermost coroutine. */
  begin(out: boolean): void;
  /** Whether what runs now belongs to the step. */
  belongs(): boolean;
  /** Whether no coroutine is left in whose turn it could end. */
  isOver(): boolean;
  /** Asked at a call of `engine.resume`: whether the innermost coroutine of that stack is one of the step's. */
  resumes(driver: never): boolean;
  /** Asked at a call of `engine.leave`: whether the awaiter of the coroutine that ends is one of the step's. */
  leaves(driver: never, frame: never): boolean;
  /** The two functions of the coroutines' engine. */
  readonly engine: { readonly resume: unknown; readonly leave: unknown };
}

/** What was thrown: what passed by here before, a stop's own error, a cancellation, or any other value. */
export type ThrownKind = 'seen' | 'interrupt' | 'cancelled' | 'other';

/** All of it. */
export interface Debuggee {
  /** Gives every script that runs now or may run again, and the URL of the folder of the kernel's own code. */
  attach(): { readonly home: string; readonly scripts: readonly DebugScript[] };
  detach(): void;
  /** The program has stood for so long, in milliseconds. */
  stood(milliseconds: number): void;
  readonly tasks: TaskList;
  readonly steps: OwnSteps;
  /** Whether that error comes by here for the first time, and whether the library made it. By class: anybody can take a name. */
  errorOf(error: object): ThrownKind;
  /** How often the breakpoint of that key was reached, this time included. */
  hits(key: string): number;
  /** The recording that begins next calls `reach` at that moment. */
  stopHere(moment: number): void;
  readonly reach: () => void;
  watchRings(on: boolean): void;
  /** Called for each ring of tasks that wait for one another, with their numbers and names. */
  readonly halt: (ring: readonly number[], names: readonly string[]) => void;
  names(): readonly ListedName[];
  /** An object that has the notebook's names as its properties. */
  values(): object;
  /** Names that a text uses and assigns to: those that no cell has declared stand for the process's own. */
  open(used: string, written: string): void;
  /** Declares a name of the notebook. */
  define(name: string, value: unknown): void;
  /** What a task, a future or a coroutine does at this moment; undefined for any other value. */
  text(value: unknown): string | undefined;
  /** Keeps a value for `shown`. */
  keep(value: unknown): void;
  kept(): unknown;
  /** Keeps a function for `prepared`, which calls it. */
  prepare(call: () => unknown): void;
  prepared(): unknown;
  /** What display shows of the kept value; undefined where that comes later. V8 may end it. */
  shown(): unknown;
  /** Must follow `shown`. */
  endShowing(): void;
}
