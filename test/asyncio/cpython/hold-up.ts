// Loaded before run.ts (`node --import`): holds the process up before and after its callbacks, at random, as a busy machine
// does between two instructions of its choice. A case that prints something else under it depends on time.
import { createHook } from 'node:async_hooks';

/** How often, of the times that a callback begins or ends. */
const SHARE = 0.3;
/** For so many milliseconds on average: longer than the 10 ms that cases sleep while something happens. */
const LENGTH = 12;

const { wait } = Atomics;
const nobody = new Int32Array(new SharedArrayBuffer(4));

/** The same numbers for the same seed, each from 0 to 1. */
let state = Number(process.env.COKERNEL_SEED ?? 1);
function random(): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return state / 2 ** 31;
}

function holdUp(): void {
  if (random() < SHARE) wait(nobody, 0, 0, 2 * LENGTH * random());
}

createHook({ before: holdUp, after: holdUp }).enable();
