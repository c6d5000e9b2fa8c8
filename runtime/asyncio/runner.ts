// Runner: several runs on one loop, with the same context variables.

import { type Context, copyContext } from './engine/context.ts';
import type { Awaitable } from './engine/create-task.ts';
import { RuntimeError } from './engine/errors.ts';
import type { Loop } from './engine/loop.ts';
import type { Scope } from './engine/types.ts';
import { bodyOfRun, endOwnLoop, ownLoop, type RunOptions, refuseInRun, runOnOwnLoop } from './run.ts';

/** Runs coroutines one after another on a loop of its own (Python: `asyncio.Runner`). `await using runner = …` closes it. */
export class Runner {
  private readonly options: RunOptions;
  private loop: Loop | null = null;
  private context: Context | null = null;
  private closed = false;
  private running = false;

  constructor(options: RunOptions = {}) {
    this.options = options;
  }

  /** The loop, made at the first use. */
  getLoop(): Loop {
    if (this.closed) throw new RuntimeError('Runner is closed');
    this.context ??= copyContext();
    this.loop ??= ownLoop(this.options);
    return this.loop;
  }

  /** Runs a coroutine, or whatever else can be awaited; what it leaves over goes on in the next run. */
  async run<T>(main: Awaitable<T>, options: { readonly context?: Scope } = {}): Promise<T> {
    if (this.running) throw new RuntimeError('Runner.run() cannot be called from a running event loop');
    refuseInRun('Runner.run()', this.options);
    const loop = this.getLoop();
    const body = bodyOfRun(main, 'run');
    this.running = true;
    try {
      const context = options.context ?? (this.context as Context);
      return await runOnOwnLoop(loop, body, context);
    } finally {
      this.running = false;
    }
  }

  /** Cancels what is left over, waits for it, and closes the loop. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    if (this.loop !== null) await endOwnLoop(this.loop);
  }

  toString(): string {
    return '<Runner>';
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
