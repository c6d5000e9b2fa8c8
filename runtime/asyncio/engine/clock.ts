// Which clock a loop keeps: what its options say, else the environment.

import { variable } from '#host/process';
import { ValueError } from './errors.ts';
import { warnings } from './unawaited.ts';

/** 'virtual' jumps to the next timer when nothing is ready. */
export type Clock = 'real' | 'virtual';

let told = false;

/** The clock that the options name, else COKERNEL_CLOCK, else the real one. @throws ValueError for any other name. */
export function clockOf(given: Clock | undefined): Clock {
  if (given !== undefined) {
    if (isClock(given)) return given;
    throw new ValueError(`clock: 'real' or 'virtual' was expected, got ${JSON.stringify(given)}`);
  }
  const set = variable('COKERNEL_CLOCK');
  if (!set) return 'real';
  if (isClock(set)) return set;
  if (!told) {
    told = true;
    const message = `COKERNEL_CLOCK may be real or virtual, and is ${JSON.stringify(set)}; the clock is real`;
    warnings.hook({ category: 'RuntimeWarning', message, notes: [], owner: undefined });
  }
  return 'real';
}

function isClock(text: string): text is Clock {
  return text === 'real' || text === 'virtual';
}
