// Which suspended awaits an error passed on its way out: what V8's own stack cannot show.

import { push, SafeWeakMap } from './primordials.ts';
import type { Frame } from './types.ts';

/** The coroutines that an error passed on its way out of suspended awaits, innermost first. */
export interface PassedFrame {
  readonly name: string;
  /** Where the coroutine function was written; undefined if it was not compiled. */
  readonly file: string | undefined;
  /** The line of its await, from 1; 0 if it is not known. */
  readonly line: number;
}

const trails = new SafeWeakMap<object, PassedFrame[]>();

/** @internal The error leaves a coroutine that was resumed. */
export function passed(error: unknown, frame: Frame): void {
  if (typeof error !== 'object' || error === null || frame.code.internal === true) return;
  const entry = { name: frame.code.name, file: frame.code.file, line: frame.line };
  const trail = trails.get(error);
  if (trail === undefined) trails.set(error, [entry]);
  else if (trail.length < 100) push(trail, entry);
}

/** Coroutines that a resumed await's error passed through, innermost first: what V8's own stack cannot show. */
export function passedFrames(error: unknown): readonly PassedFrame[] {
  return (typeof error === 'object' && error !== null && trails.get(error)) || [];
}
