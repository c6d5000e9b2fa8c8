// Lesson "A long calculation": a long calculation that lets others have their turns.

import { coroutine, createTask, sleep } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

const NUMBERS = 1000;

/** `addUp(numbers)` returns their sum, and gives up a turn after each hundred of them. */
export const checkAddUp = check(
  'The sum is right, and the others had their turns meanwhile.',
  coroutine(function* (addUp: unknown) {
    const numbers = Array.from({ length: NUMBERS }, (_, index) => index + 1);
    let turns = 0;
    const other = createTask(
      coroutine(function* other() {
        for (;;) {
          yield* sleep(0);
          turns += 1;
        }
      })(),
    );
    const began = yield* settled(() => turns);
    const result = yield* call('addUp', addUp, numbers);
    const given = turns - began;
    other.cancel();
    if (result !== 500500)
      throw new Wrong(`the sum of the numbers from 1 to 1000 is 500500. It returned ${shown(result)}.`);
    if (given < 2)
      throw new Wrong('nobody else had a turn until it was done. Await sleep(0) after each hundred numbers.');
    if (given < 8) throw new Wrong(`the others had ${given} turns. A thousand numbers are ten hundreds.`);
    if (given > 20)
      throw new Wrong(
        `it gave up ${given} turns, which is slow. Once for each hundred numbers is enough: if (index % 100 === 99).`,
      );
  }),
);

/** Lets the other task begin, and then reads the counter. */
const settled = coroutine(function* (count: () => number) {
  yield* sleep(0);
  yield* sleep(0);
  return count();
});
