// A virtual clock stands still while a task awaits a native promise, because nobody can tell whether that waits for the
// network or for the library's own sleeps, which would then wait for each other for ever. After a while it says so.

import { clearTimeout, setTimeout, type Timeout } from '#host/native-timers';
import { warnings } from './unawaited.ts';

/** Real time: most answers of a network are there before. */
const TOLD_AFTER_S = 5;

/** What is known of the task that awaits a native promise. */
interface Waiting {
  readonly owner: unknown;
  getName(): string;
}

/** A loop with a virtual clock. */
interface StandingLoop {
  time(): number;
  /** True: sleeps wait for the clock, and the clock for a native promise. */
  standsStill(): boolean;
  /** A task that awaits a native promise. */
  awaitsNative(): Waiting | undefined;
}

/** @internal Warns once for each time at which the clock stands still for long. */
export class Standing {
  private readonly loop: StandingLoop;
  private timer: Timeout | null = null;
  private since = Number.NaN;

  constructor(loop: StandingLoop) {
    this.loop = loop;
  }

  /** The clock stands still, perhaps for a moment. */
  begin(): void {
    const now = this.loop.time();
    if (this.timer !== null || this.since === now) return;
    this.since = now;
    this.timer = setTimeout(this.tell, TOLD_AFTER_S * 1000);
    // A warning to come keeps no process alive.
    this.timer.unref();
  }

  end(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private readonly tell = (): void => {
    const { loop } = this;
    this.timer = null;
    if (!loop.standsStill()) return;
    if (loop.time() !== this.since) {
      this.begin();
      return;
    }
    const task = loop.awaitsNative();
    warnings.hook({
      category: 'RuntimeWarning',
      message: `the virtual clock has stood still for ${TOLD_AFTER_S} seconds, because ${task?.getName() ?? 'a task'} awaits a native promise`,
      notes: [
        'If that promise itself waits for sleeps, as Promise.all([sleep(1)]) does, it never settles: use gather or wait.',
      ],
      owner: task?.owner,
    });
  };
}
