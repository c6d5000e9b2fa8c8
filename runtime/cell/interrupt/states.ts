// The state of interrupts in the cell process: every word, who writes it, and what each transition may do. Everything
// that decides about an interrupt reads these words, on the main thread; the watcher only tells and reminds it.
//
// The watcher cannot write a word. It announces an interrupt, and the end of the clean-up's time, in two ways, again and
// again until answered: by an *intrusion* (V8 runs it in the middle of whatever JavaScript the main thread runs, where an
// iteration of a loop or a function begins) and by a *message* (heard when the main thread is free, or blocked in a
// question). Termination and the sending of text are intrusions only. An intrusion is never interrupted by another one.
//
// | word       | written by                                  | says                                                    |
// |------------|---------------------------------------------|---------------------------------------------------------|
// | RAISED     | `hear`: intrusion or message; only upwards  | the newest interrupt                                    |
// | MEANT + n  | `hear`, before RAISED                       | the last execution that interrupt n is for, 0 for none  |
// | HEARD_AT   | `hear`                                      | when the newest interrupt was heard                     |
// | CONSUMED   | main code, never an intrusion; only upwards | the newest interrupt that was used up                   |
// | EXECUTING  | main: a cell begins, and is answered        | the execution that runs, 0 for none                     |
// | PASSED     | main: a cell is answered                    | the last execution that cannot be interrupted any more  |
// | PHASE      | main; RUNNING → CLEANING_UP: consumption;   | what the executing cell has to expect                   |
// |            | → ENDING: consumption, or the intrusion     |                                                         |
// |            | `force` once the clean-up had its time      |                                                         |
// | ZONE       | main: the guard                             | whose code runs: see below                              |
// | ARMED      | main: `terminate` sets it, the guard clears | V8 was told to end what runs, and may not have yet      |
// | WANTED     | main: `terminate` in KERNEL, cleared on leaving| user code is to be ended once it goes on        |
// | LEVEL      | main: `show`, computed from the others      | what loops see: 0, 1 throw, 2 throw in `finally` too    |
//
// Zones. OPEN: Node runs, or user code that Node called without us. GUARDED: user code in an evaluation of
// our own, which V8 can end alone. KERNEL: the kernel's code; it is short, ends by itself, and is never terminated.
// `terminate` ends GUARDED code; OPEN code only while user code is on the stack, and Node's queues are then
// repaired, or while microtasks keep Node's loop from its next pass; in KERNEL it waits until that is left; and never while
// Node loads a module of its own. The decision and V8's flag are on one thread, so that nothing can come between: no
// termination reaches code it was not meant for.

/** The words. */
export const RAISED = 0;
export const CONSUMED = 1;
export const EXECUTING = 2;
export const PASSED = 3;
export const PHASE = 4;
export const ZONE = 5;
export const ARMED = 6;
export const WANTED = 7;
export const LEVEL = 8;
/** Milliseconds, the low 30 bits. */
export const HEARD_AT = 9;
/** Slot MEANT + n % SLOTS: this many interrupts can be under way before a slot is used again. */
export const MEANT = 10;
export const SLOTS = 8;

/** Values of PHASE. */
export const RUNNING = 0;
export const CLEANING_UP = 1;
export const ENDING = 2;

/** Values of ZONE. */
export const OPEN = 0;
export const GUARDED = 1;
export const KERNEL = 2;

/** Milliseconds that clean-up gets. */
export const CLEANUP_MS = 2_000;

/** The words of one process. An interface, so that a test can let intrusions in at each access. */
export interface Words {
  get(word: number): number;
  set(word: number, value: number): void;
  /** Sets the word unless it is at least `value` already; in one step, whatever intrudes. */
  raise(word: number, value: number): void;
}

/** Makes the words. V8 assumes that intrusions change no object that other code uses, so every access is an atomic one. */
export function createWords(): Words {
  const { load, store, compareExchange } = Atomics;
  const words = new Int32Array(MEANT + SLOTS);
  return {
    get: (word) => load(words, word),
    set: (word, value) => void store(words, word, value),
    raise(word, value) {
      for (let seen = load(words, word); seen < value; ) {
        const found = compareExchange(words, word, seen, value);
        if (found === seen) return;
        seen = found;
      }
    },
  };
}

/** Whether an interrupt waits to be consumed. */
export function isPending(words: Words): boolean {
  return words.get(CONSUMED) < words.get(RAISED);
}

/** The last execution that the newest interrupt is for. */
export function meantExecution(words: Words): number {
  return words.get(MEANT + (words.get(RAISED) % SLOTS));
}

/** Whether the newest interrupt is for the cell that executes: in flight when the person pressed stop, and not ended. */
export function isMeant(words: Words): boolean {
  const execution = words.get(EXECUTING);
  return execution !== 0 && execution <= meantExecution(words);
}

/** Whether the newest interrupt is only for cells that have been answered. */
export function isStale(words: Words): boolean {
  return meantExecution(words) <= words.get(PASSED);
}

/** Whether what runs is to be terminated because of that interrupt. */
export function isDue(words: Words, number: number): boolean {
  if (words.get(PHASE) === ENDING) return true;
  return !isOver(words, number) && words.get(RAISED) >= number;
}

/** Whether that interrupt was consumed, or cannot be: a cell runs that it was not for. */
export function isOver(words: Words, number: number): boolean {
  return words.get(CONSUMED) >= number || (words.get(EXECUTING) !== 0 && !isMeant(words));
}

/** What the loops' flag has to show. A second interrupt ends the clean-up, so loops in `finally` blocks see it too. */
export function levelOf(words: Words): number {
  const phase = words.get(PHASE);
  if (phase === ENDING) return 2;
  if (!isPending(words)) return 0;
  return phase === CLEANING_UP && isMeant(words) ? 2 : 1;
}

/** The phase of the cell after it has consumed an interrupt. */
export function nextPhase(phase: number): number {
  return phase === RUNNING ? CLEANING_UP : ENDING;
}
