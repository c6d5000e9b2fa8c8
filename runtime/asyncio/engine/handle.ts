// A callback that the loop will call: at the next pass, or at a time.

import { Context } from './context.ts';
import { now } from './now.ts';
import { describeCall } from './repr.ts';
import type { Run } from './run-group.ts';
import type { Scope } from './types.ts';

/** A loop as its callbacks see it. */
export interface Calling {
  currentOwner(): unknown;
  currentRun(): Run | null;
  getDebug(): boolean;
  runCallback(caused: Caused, scope: Scope, call: (...args: unknown[]) => unknown, args: readonly unknown[]): void;
  sleepCancelled(): void;
}

/** Whose a callback is. */
export interface Caused {
  /** @internal Who caused it, for the host. */
  readonly owner: unknown;
  /** @internal The `run` that it belongs to, with all that it makes. */
  readonly group: Run | null;
}

/** What `callSoon` returns (Python: `asyncio.Handle`). */
export class Handle implements Scope, Caused {
  /** @internal */ variables: Scope['variables'];
  /** @internal Cancelled or called. */ over = false;
  /** @internal */ readonly owner: unknown;
  /** @internal */ readonly group: Run | null;
  private isCancelled = false;
  protected readonly loop: Calling;
  private readonly call: (...args: never[]) => unknown;
  private readonly args: readonly unknown[];
  /** @internal The library's own, which may be called again if V8 terminated it; a program's is not. */
  readonly own: boolean;

  private context: Context | null;

  /** @internal */
  constructor(
    loop: Calling,
    call: (...args: never[]) => unknown,
    args: readonly unknown[],
    context: Context | null = null,
    own = false,
  ) {
    this.loop = loop;
    this.call = call;
    this.args = args;
    this.context = context;
    this.variables = now.scope.variables;
    this.owner = loop.currentOwner();
    this.group = loop.currentRun();
    this.own = own;
  }

  /** @internal The same call, once more, for the same run and with the same context variables. */
  again(loop: Calling): Handle {
    // Not by its own name: esbuild renames a class that names itself, and `toString` shows the name.
    const Same = this.constructor as typeof Handle;
    const { variables, owner, group } = this;
    return Object.assign(new Same(loop, this.call, this.args, this.context), { variables, owner, group });
  }

  /** Prevents the call, unless it has already happened. */
  cancel(): void {
    this.isCancelled = true;
    this.over = true;
  }

  /** The context that it is called in. */
  getContext(): Context {
    if (this.context === null) {
      this.context = new Context();
      this.context.variables = this.variables;
    }
    return this.context;
  }

  /** True once `cancel` was called. */
  cancelled(): boolean {
    return this.isCancelled;
  }

  toString(): string {
    return this.described('');
  }

  /** @internal */
  protected described(when: string): string {
    const name = this.constructor.name;
    const debug = this.loop.getDebug();
    const state = this.isCancelled ? ' cancelled' : '';
    // Debug mode tells what was cancelled, as CPython keeps it for that only.
    const call = this.isCancelled && !debug ? '' : ` ${describeCall(this.call, this.args, debug)}`;
    return `<${name}${state}${when}${call}>`;
  }

  /** @internal */
  run(loop: Calling): void {
    if (this.over) return;
    if (!this.own) this.over = true;
    loop.runCallback(this, this.context ?? this, this.call as (...args: unknown[]) => unknown, this.args);
    this.over = true;
  }
}

/** What `callLater` and `callAt` return (Python: `asyncio.TimerHandle`). */
export class TimerHandle extends Handle {
  /** @internal */ order = 0;
  /** @internal */ due: number;

  /** @internal */
  constructor(
    loop: Calling,
    when: number,
    call: (...args: never[]) => unknown,
    args: readonly unknown[],
    context: Context | null = null,
    own = false,
  ) {
    super(loop, call, args, context, own);
    this.due = when;
  }

  /** When it is due, in seconds on the loop's clock. */
  when(): number {
    return this.due;
  }

  override toString(): string {
    return this.described(` when=${this.due}`);
  }

  override cancel(): void {
    if (!this.over) this.loop.sleepCancelled();
    super.cancel();
  }
}
