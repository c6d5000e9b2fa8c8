// Python's error classes under their own names. `message` is Python's, word for word; a remedy goes into `notes`, which
// are shown under the traceback. ExceptionGroup has a file of its own.

import { defineProperty, isArray, push } from './primordials.ts';

/** Notes under an error, as Python's `__notes__`; any error may carry them. */
export interface WithNotes {
  notes?: string[];
}

/** Adds a line under an error's traceback, as Python's `BaseException.add_note`. Returns the error. */
export function addNote<E extends Error>(error: E, note: string): E & WithNotes {
  const noted = error as E & WithNotes;
  if (isArray(noted.notes)) push(noted.notes, note);
  else defineProperty(noted, 'notes', { value: [note], writable: true, configurable: true });
  return noted;
}

/** An error whose `name` is the Python class. */
class PythonError extends Error {
  constructor(message = '', options?: ErrorOptions) {
    super(message, options);
  }
}

/** @internal Gives a class of errors its name, which its errors inherit. */
export function named(kind: { readonly prototype: Error }, name: string): void {
  defineProperty(kind.prototype, 'name', { value: name, writable: true, configurable: true });
}

/** Thrown at the await of a cancelled task (Python: `asyncio.CancelledError`). `message` is what `cancel` was given. */
export class CancelledError extends PythonError {}
/** A deadline passed (Python: `TimeoutError`). */
export class TimeoutError extends PythonError {}
/** A future was asked for what it does not have, or given a second outcome (Python: `asyncio.InvalidStateError`). */
export class InvalidStateError extends PythonError {}
/** Python's `RuntimeError`. */
export class RuntimeError extends PythonError {}
/** Python's `ValueError`. */
export class ValueError extends PythonError {}
/** `getNowait` of an empty queue (Python: `asyncio.QueueEmpty`). */
export class QueueEmpty extends PythonError {}
/** `putNowait` into a full queue (Python: `asyncio.QueueFull`). */
export class QueueFull extends PythonError {}
/** `put` or `get` of a queue that was shut down (Python 3.13: `asyncio.QueueShutDown`). */
export class QueueShutDown extends PythonError {}
/** A barrier was broken or aborted (Python: `asyncio.BrokenBarrierError`). */
export class BrokenBarrierError extends RuntimeError {}
/** The end of an async generator, for `asend`, `athrow` and `anext` (Python: `StopAsyncIteration`). */
export class StopAsyncIteration extends PythonError {}
/** Python's `LookupError`, thrown by a context variable without a value. */
export class LookupError extends PythonError {}

/**
 * The person interrupted: what an interrupted cell gets at its await, and what `run` throws outside of notebooks after
 * Ctrl+C (Python: `KeyboardInterrupt`). A message of its own, so that nobody reads one that a cell put on Error.prototype.
 */
export class KeyboardInterrupt extends PythonError {}

named(CancelledError, 'CancelledError');
named(TimeoutError, 'TimeoutError');
named(InvalidStateError, 'InvalidStateError');
named(RuntimeError, 'RuntimeError');
named(ValueError, 'ValueError');
named(QueueEmpty, 'QueueEmpty');
named(QueueFull, 'QueueFull');
named(QueueShutDown, 'QueueShutDown');
named(BrokenBarrierError, 'BrokenBarrierError');
named(StopAsyncIteration, 'StopAsyncIteration');
named(LookupError, 'LookupError');
named(KeyboardInterrupt, 'KeyboardInterrupt');
