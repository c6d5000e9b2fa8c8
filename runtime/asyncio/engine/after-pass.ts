// Work for the end of a pass of the loop: the clean-up after a run. It outlasts a termination.

import { apply, shift } from './primordials.ts';

/**
 * What is done at the end of a pass. What it returns is for the end of the next one. It must bear to be done again:
 * what a termination cut short is done before anything else runs.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most of it returns nothing.
export type Work = () => Work | void;

export class AfterPass {
  private readonly works: Work[] = [];
  /** How many of them this pass has still to do. */
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
      // One stretch without a call of JavaScript's own: the work is through, and what follows is on the list.
      apply(shift, this.works, []);
      if (next !== undefined) this.works[this.works.length] = next;
    }
  }
}
