// What waits for a future besides tasks: callbacks, and futures that are made of others.

import type { Calling, Caused } from './handle.ts';
import { now } from './now.ts';
import { defineProperty } from './primordials.ts';
import { describeCall } from './repr.ts';
import type { Run } from './run-group.ts';
import type { Scope } from './types.ts';

/** The wait that a callback of the library stands for, if there is one: call graphs see through the callback to it. */
export type Behind = () => object | null;

/** For a callback of the library that stands for nobody's wait. */
export const NOBODY_WAITS: Behind = () => null;

/** @internal Gives a callback of the library the name that CPython's has, which is read in the `repr` of futures. */
export function named<Call extends (...args: never[]) => unknown>(name: string, call: Call): Call {
  return defineProperty(call, 'name', { value: name, configurable: true }) as Call;
}

/** A registered callback. It is put into the ready queue itself once the future is done. */
export class DoneCallback implements Scope, Caused {
  readonly future: object;
  readonly call: (future: never) => void;
  readonly owner: unknown;
  readonly group: Run | null;
  /** Not null: it is the library's own, which may be called again if V8 terminated it; a program's is not. */
  readonly behind: Behind | null;
  /** @internal */ variables: Scope['variables'];
  private readonly scope: Scope | undefined;

  constructor(
    future: { readonly loop: Calling },
    call: (future: never) => void,
    scope: Scope | undefined,
    behind: Behind | null,
  ) {
    this.future = future;
    this.call = call;
    this.behind = behind;
    this.owner = future.loop.currentOwner();
    this.group = future.loop.currentRun();
    this.variables = now.scope.variables;
    this.scope = scope;
  }

  toString(): string {
    const { loop } = this.future as { readonly loop: Calling };
    return `<Handle ${describeCall(this.call, [this.future], loop.getDebug())}>`;
  }

  run(loop: Calling): void {
    loop.runCallback(this, this.scope ?? this, this.call as (...args: unknown[]) => unknown, [this.future]);
  }
}

/** A future made of others, which itself waits for each of them: a gather may have a million children. */
export interface Gatherer<Child = never> {
  childDone(child: Child): void;
}

/** What the ready queue holds when one child of a gather is done. */
export class ChildDone {
  readonly gatherer: Gatherer;
  readonly child: object;

  constructor(gatherer: Gatherer, child: object) {
    this.gatherer = gatherer;
    this.child = child;
  }

  run(): void {
    this.gatherer.childDone(this.child as never);
  }
}
