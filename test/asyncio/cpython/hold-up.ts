// Loaded before run.ts (`node --import`): holds the process up before and after its callbacks, at random, as a busy machine
// does between two instructions of its choice. A case that prints something else under it depends on time.
import { createHook } from 'node:async_hooks';
import { randomFrom } from '../../random-from.ts';

/** How often, of the times that a callback begins or ends. */
const SHARE = 0.3;
/** For so many milliseconds on average: longer than the 10 ms that cases sleep while something happens. */
const LENGTH = 12;

const { wait } = Atomics;
const nobody = new Int32Array(new SharedArrayBuffer(4));

const random = randomFrom(Number(process.env.COKERNEL_SEED));

function holdUp(): void {
  if (random() < SHARE) wait(nobody, 0, 0, 2 * LENGTH * random());
}

createHook({ before: holdUp, after: holdUp }).enable();
