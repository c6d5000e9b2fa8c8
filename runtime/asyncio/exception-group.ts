// ExceptionGroup: several errors thrown as one, which can be split by kind. Python: builtins.ExceptionGroup.

import { named, ValueError, type WithNotes } from './engine/errors.ts';
import { repr } from './engine/repr.ts';

/** What selects errors: a class, several, or a test. */
export type Selector =
  | (abstract new (
      ...args: never[]
    ) => Error)
  | readonly (abstract new (
      ...args: never[]
    ) => Error)[]
  | ((error: Error) => boolean);

/** Several errors at once (Python: `ExceptionGroup`). `errors` is what Python calls `exceptions`. */
export class ExceptionGroup extends AggregateError {
  /** The message without the count of errors. */
  declare readonly title: string;
  /** The errors, in the order in which they came; Python's `exceptions`. */
  declare readonly errors: Error[];

  constructor(message: string, errors: readonly Error[]) {
    if (typeof message !== 'string') throw new TypeError(`argument 1 must be str, not ${typeof message}`);
    if (!Array.isArray(errors)) throw new TypeError('second argument (exceptions) must be a sequence');
    if (errors.length === 0) throw new ValueError('second argument (exceptions) must be a non-empty sequence');
    for (const [at, error] of errors.entries()) {
      if (!(error instanceof Error)) {
        throw new ValueError(`Item ${at} of second argument (exceptions) is not an exception`);
      }
    }
    super(errors, `${message} (${errors.length} sub-exception${errors.length === 1 ? '' : 's'})`);
    // Not enumerable: a listing of the error's own fields would repeat what the message says.
    Object.defineProperty(this, 'title', { value: message });
  }

  /** The errors, under Python's name. */
  get exceptions(): readonly Error[] {
    return this.errors;
  }

  /** A group of the same shape with only the errors selected, or null if none is. */
  subgroup(select: Selector): ExceptionGroup | null {
    const test = tester(select);
    if (test(this)) return this;
    return this.only(test, true);
  }

  /** The errors selected, and the rest, as groups of the same shape. */
  split(select: Selector): [ExceptionGroup | null, ExceptionGroup | null] {
    const test = tester(select);
    if (test(this)) return [this, null];
    return [this.only(test, true), this.only(test, false)];
  }

  /** A group of the same kind with other errors; for subclasses to override. */
  derive(errors: readonly Error[]): ExceptionGroup {
    return new ExceptionGroup(this.title, errors);
  }

  private only(test: (error: Error) => boolean, wanted: boolean): ExceptionGroup | null {
    const kept: Error[] = [];
    for (const error of this.errors) {
      if (test(error)) {
        if (wanted) kept.push(error);
      } else if (error instanceof ExceptionGroup) {
        const part = error.only(test, wanted);
        if (part !== null) kept.push(part);
      } else if (!wanted) kept.push(error);
    }
    if (kept.length === 0) return null;
    const part = this.derive(kept);
    if (this.cause !== undefined) part.cause = this.cause;
    const { notes } = this as WithNotes;
    if (notes !== undefined) (part as WithNotes).notes = [...notes];
    if (this.stack !== undefined) part.stack = this.stack;
    return part;
  }
}

named(ExceptionGroup, 'ExceptionGroup');

function tester(select: Selector): (error: Error) => boolean {
  if (Array.isArray(select)) {
    const tests = select.map(tester);
    return (error) => tests.some((test) => test(error));
  }
  if (typeof select !== 'function') {
    throw new TypeError(`expected a function, exception type or tuple of exception types, got ${repr(select)}`);
  }
  const { prototype } = select as { prototype?: unknown };
  if (prototype instanceof Error || prototype === Error.prototype) {
    const kind = select as abstract new (...args: never[]) => Error;
    return (error) => error instanceof kind;
  }
  return select as (error: Error) => boolean;
}
