// cancelScope: a block that can be cancelled level-triggered, as in Trio: once it is, every await in it throws.

import type { Coroutine } from './engine/coroutine.ts';
import { currentTask, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import type { Handle } from './engine/handle.ts';
import { type BlockBody, blockBody, entered, internal, internalCode } from './engine/internal.ts';
import { SafeSet } from './engine/primordials.ts';
import { onAbort } from './engine/signal.ts';
import type { Task } from './engine/task.ts';
import type { LevelScope } from './engine/task-options.ts';
import { askedBy, traceCancelled } from './engine/tracing.ts';

const SCOPE = internalCode('cancelScope');

/** How a {@link cancelScope} may end. */
export interface ScopeOptions {
  /** Seconds after which the block is cancelled. */
  readonly timeout?: number | null | undefined;
  /** True: cancellations of the scopes around it stay outside. A task's `cancel` still comes in. */
  readonly shield?: boolean | undefined;
  /** Cancels the block when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** What the body of a `cancelScope` is given (Trio: `CancelScope`). */
export class CancelScope {
  /** True: cancellations of the scopes around it stay outside. */
  shield: boolean;
  private called = false;
  private caught = false;
  /** The task has been told of the cancellation. */
  private delivered = false;
  private readonly asked = new SafeSet<object>();
  private task: Task<unknown> | null = null;
  /** @internal */ outer: LevelScope | null = null;
  private cancels = 0;

  /** @internal */
  constructor(shield: boolean) {
    this.shield = shield;
  }

  /** True once `cancel` was called or the time was up. */
  get cancelCalled(): boolean {
    return this.called;
  }

  /** True if the block ended by this scope's cancellation. */
  get cancelledCaught(): boolean {
    return this.caught;
  }

  /** Cancels the block: every await in it throws CancelledError, until the block is left. */
  cancel(): void {
    if (this.delivered) return;
    const { task } = this;
    const first = !this.called;
    this.called = true;
    if (first && task !== null && task.loop.trace !== undefined) traceCancelled(task.loop, task, undefined);
    this.finish();
  }

  /** @internal */
  finish(): void {
    if (!this.called || this.delivered) return;
    this.task?.deliver(this.asked);
    this.delivered = true;
  }

  /** @internal Whether the block of this scope is cancelled, by this scope or by one around it. */
  effective(): boolean {
    if (this.called) return true;
    if (this.shield) return false;
    return this.outer?.effective() ?? false;
  }

  /** @internal */
  enter(): void {
    const task = currentTask();
    if (task === null) throw new RuntimeError('a cancel scope should be used inside a task');
    this.task = task;
    this.outer = task.cancelScope;
    this.cancels = task.cancelling();
    task.cancelScope = this;
  }

  /** @internal Leaves the block; true if `error` is this scope's own cancellation and ends here. */
  exit(error: unknown): boolean {
    const { task } = this;
    if (task === null) return false;
    task.cancelScope = this.outer;
    this.task = null;
    const outerCancels = !this.shield && this.outer?.effective() === true;
    const mine = this.called && !outerCancels && task.cancelling() <= this.cancels;
    this.caught = mine && error instanceof CancelledError;
    return this.caught;
  }
}

/**
 * Runs a block that `scope.cancel()`, the time or a signal cancels level-triggered: each further await in it throws
 * too, also in its `finally` blocks, unless these shield themselves with a scope of their own. The CancelledError ends
 * at the block, which then gives undefined. Trio: `with trio.CancelScope() as scope`.
 */
export function cancelScope<T>(
  body: BlockBody<[scope: CancelScope], T>,
  options: ScopeOptions = {},
): Coroutine<T | undefined> {
  return internal(block(body, options), SCOPE);
}

function* block<T>(
  body: BlockBody<[scope: CancelScope], T>,
  options: ScopeOptions,
): Generator<unknown, T | undefined, unknown> {
  const scope = new CancelScope(options.shield ?? false);
  const inner = blockBody(body, [scope], 'cancelScope');
  const loop = getRunningLoop();
  entered(inner, () => scope.enter());
  const delay = options.timeout ?? null;
  let timer: Handle | null = null;
  let forget = (): void => {};
  let left = false;
  try {
    if (delay !== null) timer = loop.ownLater(delay, () => askedBy('cancelScope', () => scope.cancel()));
    forget = onAbort(loop, options.signal, () => askedBy('AbortSignal', () => scope.cancel()));
    return yield* inner;
  } catch (error) {
    left = true;
    // If it has not begun, nobody is warned of an unawaited coroutine.
    inner.close();
    if (scope.exit(error)) return undefined;
    throw error;
  } finally {
    timer?.cancel();
    forget();
    if (!left) scope.exit(undefined);
  }
}
