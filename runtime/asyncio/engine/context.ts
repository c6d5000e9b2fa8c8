// Context variables, which follow tasks: each task has a copy of its creator's values, made in no time because the
// values are never changed in place. Python: contextvars.

import { LookupError, RuntimeError, ValueError } from './errors.ts';
import { now } from './now.ts';
import { apply, push, SafeMap } from './primordials.ts';
import { quote, repr } from './repr.ts';
import type { Scope } from './types.ts';

const UNSET: unique symbol = Symbol('unset');

/** What `set` returns, for `reset`; `using token = variable.set(1)` resets at the end of the block (Python 3.14: `contextvars.Token`). */
export class Token<T> {
  /** The variable that was set. */
  readonly var: ContextVar<T>;
  /** @internal */ readonly before: unknown;
  /** @internal */ used = false;
  /** @internal */ readonly scope: Scope;

  /** @internal */
  constructor(variable: ContextVar<T>, before: unknown, scope: Scope) {
    this.var = variable;
    this.before = before;
    this.scope = scope;
  }

  /** The value before `set`; undefined if there was none. */
  get oldValue(): T | undefined {
    return this.before === UNSET ? undefined : (this.before as T);
  }

  /** Undoes the `set`. @throws RuntimeError if it was undone before. */
  [Symbol.dispose](): void {
    this.var.reset(this);
  }

  toString(): string {
    return `<Token${this.used ? ' used' : ''} var=${this.var}>`;
  }
}

/** A variable whose value belongs to the running task (Python: `contextvars.ContextVar`). */
export class ContextVar<T> {
  readonly name: string;
  private readonly fallback: T | typeof UNSET;

  constructor(name: string, ...options: [{ readonly default: T }?]) {
    this.name = name;
    const given = options[0];
    this.fallback = given !== undefined && 'default' in given ? given.default : UNSET;
  }

  /** The value here. @throws LookupError if there is none, and no default. */
  get(...fallback: [T?]): T {
    const values = now.scope.variables;
    if (values?.has(this) === true) return values.get(this) as T;
    if (fallback.length > 0) return fallback[0] as T;
    if (this.fallback !== UNSET) return this.fallback;
    throw new LookupError(this.toString());
  }

  /** Sets the value for this task and for those that it creates from now on. */
  set(value: T): Token<T> {
    const scope = now.scope;
    const before = scope.variables?.has(this) === true ? scope.variables.get(this) : UNSET;
    const values = copyOf(scope.variables);
    values.set(this, value);
    scope.variables = values;
    return new Token(this, before, scope);
  }

  /** Undoes one `set`. */
  reset(token: Token<T>): void {
    if (token.var !== this) throw new ValueError(`${token} was created by a different ContextVar`);
    if (token.used) throw new RuntimeError(`${token} has already been used once`);
    if (!isSame(token.scope, now.scope)) throw new ValueError(`${token} was created in a different Context`);
    const values = copyOf(now.scope.variables);
    if (token.before === UNSET) values.delete(this);
    else values.set(this, token.before);
    // One stretch without a call.
    token.used = true;
    now.scope.variables = values;
  }

  toString(): string {
    const fallback = this.fallback === UNSET ? '' : ` default=${repr(this.fallback)}`;
    return `<ContextVar name=${quote(this.name)}${fallback}>`;
  }
}

/** A task is its own scope until somebody asks for its context. */
function isSame(scope: Scope & { readonly rare?: { readonly scope: Scope | null } | null }, other: Scope): boolean {
  return scope === other || (scope.rare?.scope ?? null) === other;
}

function copyOf(values: Scope['variables']): SafeMap<object, unknown> {
  const copy = new SafeMap<object, unknown>();
  values?.forEach((value, variable) => {
    copy.set(variable, value);
  });
  return copy;
}

/** The values of all context variables at one place (Python: `contextvars.Context`). */
export class Context implements Scope {
  /** @internal */ variables: ReadonlyMap<object, unknown> | null = null;
  /** While it is entered: what was current before. After a termination it says nothing, for nobody comes by it. */
  private outer: Scope | null = null;

  /** Calls `work` with these values as the current ones. @throws RuntimeError if they are, here or further out. */
  run<A extends unknown[], R>(work: (...args: A) => R, ...args: A): R {
    if (this.isEntered()) throw new RuntimeError(`cannot enter context: ${this} is already entered`);
    const before = now.scope;
    this.outer = before;
    now.scope = this;
    try {
      return apply(work, undefined, args) as R;
    } finally {
      now.scope = before;
      this.outer = null;
    }
  }

  private isEntered(): boolean {
    let scope: Scope | null = now.scope;
    while (scope instanceof Context && scope !== this) scope = scope.outer;
    return scope === this;
  }

  /** The value of a variable in this context, else `fallback`. */
  get<T, D = undefined>(variable: ContextVar<T>, fallback?: D): T | D {
    return (this.variables?.has(variable) === true ? this.variables.get(variable) : fallback) as T | D;
  }

  /** True if the variable has a value in this context. */
  has(variable: ContextVar<unknown>): boolean {
    return this.variables?.has(variable) === true;
  }

  /** How many variables have a value in this context. */
  get size(): number {
    return this.variables?.size ?? 0;
  }

  /** The variables that have a value in this context, each with its value. */
  *entries(): IterableIterator<[variable: ContextVar<unknown>, value: unknown]> {
    const all: [ContextVar<unknown>, unknown][] = [];
    this.variables?.forEach((value, variable) => {
      push(all, [variable as ContextVar<unknown>, value]);
    });
    for (let at = 0; at < all.length; at++) yield all[at] as [ContextVar<unknown>, unknown];
  }

  /** The variables that have a value in this context. */
  keys(): IterableIterator<ContextVar<unknown>> {
    return this[Symbol.iterator]();
  }

  /** The values in this context. */
  *values(): IterableIterator<unknown> {
    for (const [, value] of this.entries()) yield value;
  }

  /** The variables that have a value in this context, as Python iterates. */
  *[Symbol.iterator](): IterableIterator<ContextVar<unknown>> {
    for (const [variable] of this.entries()) yield variable;
  }

  toString(): string {
    return '<Context>';
  }

  /** A context of its own with the same values. */
  copy(): Context {
    const copy = new Context();
    copy.variables = this.variables;
    return copy;
  }
}

/** A copy of the current context (Python: `contextvars.copy_context`). */
export function copyContext(): Context {
  const copy = new Context();
  copy.variables = now.scope.variables;
  return copy;
}
