// Makes every error's `stack` show the person's own lines, for user code that reads it and for tracebacks alike.

import { passedFrames } from '../../asyncio/engine/trail.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import type { Sources } from './sources.ts';
import {
  framesOfPlaces,
  framesOfSites,
  framesOfText,
  frameText,
  isPlaceFirst,
  type StackFrame,
  shortFile,
} from './stack-frames.ts';
import { reworded } from './wording.ts';

type Prepare = (error: Error, sites: NodeJS.CallSite[]) => unknown;

interface Prepared {
  readonly text: string;
  readonly frames: readonly StackFrame[];
}

const prepared = new WeakMap<object, Prepared>();
const errorText = Error.prototype.toString;

/** Whether stacks are the kernel's own business at the moment. */
let own = false;

/** Does something without calling a prepareStackTrace of the person's. */
export function withOwnStacks<Result>(work: () => Result): Result {
  const before = own;
  own = true;
  try {
    return work();
  } finally {
    own = before;
  }
}

/** How many frames a stack holds. A callback or two would use up Node's default of 10. */
const DEPTH = 50;

/**
 * Makes stacks name cells and the lines of their source. A `prepareStackTrace` set by user code takes precedence, as in
 * Node, until it sets `undefined`. Returns a function that undoes all this.
 */
export function installStackTraces(sources: Sources): () => void {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const limit = Error.stackTraceLimit;
  const ours: Prepare = (error, sites) => prepare(error, sites, sources);
  let theirs: unknown;
  Object.defineProperty(Error, 'prepareStackTrace', {
    configurable: true,
    enumerable: false,
    get: () => (own ? ours : (theirs ?? ours)),
    set: (value: unknown) => {
      theirs = value;
    },
  });
  Error.stackTraceLimit = DEPTH;
  return () => {
    Error.stackTraceLimit = limit;
    delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
  };
}

/** The frames of an error and of the coroutines that awaited it, even if its stack was replaced. */
export function framesOf(error: object, sources: Sources): readonly StackFrame[] {
  const frames = stackOf(error, sources);
  // A resumed coroutine has no native frames of its awaiters: the engine noted them.
  const awaits = passedFrames(error)
    .filter(({ file, name }, index) => file !== undefined && !(index === 0 && has(frames, name, file)))
    .map(({ name, file = '', line }) => ({
      name: name === file ? undefined : name,
      script: file,
      file: shortFile(file),
      line,
    }));
  return awaits.length === 0 ? frames : [...frames, ...awaits];
}

/** The innermost awaiter is on the native stack too, unless the error was created elsewhere. */
function has(frames: readonly StackFrame[], name: string, file: string): boolean {
  const shown = shortFile(file);
  return frames.some((frame) => frame.file === shown && (frame.name ?? file) === name);
}

function stackOf(error: object, sources: Sources): readonly StackFrame[] {
  let stack: unknown;
  try {
    stack = (error as { stack?: unknown }).stack;
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    return prepared.get(error)?.frames ?? [];
  }
  const known = prepared.get(error);
  if (known && (known.text === stack || typeof stack !== 'string')) return known.frames;
  if (typeof stack === 'string') {
    const text = stack.length > 1_000_000 ? stack.slice(0, 1_000_000) : stack;
    return isPlaceFirst(text) ? framesOfPlaces(text, sources) : framesOfText(text);
  }
  // The result of `Error.prepareStackTrace = (_, sites) => sites`.
  const isSites = Array.isArray(stack) && stack.every((site) => typeof site?.getScriptNameOrSourceURL === 'function');
  return isSites ? framesOfSites(stack as NodeJS.CallSite[], sources) : [];
}

function prepare(error: Error, sites: NodeJS.CallSite[], sources: Sources): string {
  const frames = framesOfSites(sites, sources);
  const text = [header(error), ...frames.map((frame) => `    at ${frameText(frame)}`)].join('\n');
  prepared.set(error, { text, frames });
  return text;
}

function header(error: Error): string {
  try {
    return errorText.call(reworded(error));
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    return 'Error';
  }
}
