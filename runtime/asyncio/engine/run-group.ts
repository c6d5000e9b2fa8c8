// What belongs to one `run`, and ends with it; types only.

import type { Coroutine } from './coroutine.ts';
import type { SafeSet } from './primordials.ts';

/** What can be ended where it is suspended: an async generator. */
export interface Closes {
  aclose(): Coroutine<void>;
}

/** Marks the tasks that one `run` has to clean up. */
export interface Run {
  readonly name: string;
  /** The async generators that its tasks began and that have not ended yet. */
  readonly generators: SafeSet<Closes>;
}
