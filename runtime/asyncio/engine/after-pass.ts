// Work for the end of a pass of the loop: the clean-up after a run. It outlasts a termination.

import { apply, shift } from './primordials.ts';

/**
 * What is done at the end of a pass. It may return more work, for the end of the next pass. It must be safe to do
 * twice: work that a termination cut short is done again before anything else runs.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most of it returns nothing.
export type Work = () => Work | void;

export class AfterPass {
  private readonly works: Work[] = [];
  /** How many of `works` this pass still has to do. */
  private due = 0;

  /** True if there is something to do. */
  get waiting(): boolean {
    return this.works.length > 0;
  }

  add(work: Work): void {
    this.works[this.works.length] = work;
  }

  /** At the end of a pass: does what there is now. */
  run(): void {
    this.due = this.works.length;
    this.resume();
  }

  /** At the beginning of a pass: does what a termination left undone of the last one's. */
  resume(): void {
    for (; this.due > 0; this.due--) {
      const next = this.works[0]?.();
      // Only built-ins are called from here on, so no termination comes between removing this work and adding the next.
      apply(shift, this.works, []);
      if (next !== undefined) this.works[this.works.length] = next;
    }
  }
}
