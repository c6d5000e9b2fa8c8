// An error of a generator comes out of the loop; one of the loop's body does not go in.
import { asyncGenerator, coroutine, run, sleep, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const fragile = asyncGenerator(async function* () {
  yield 1;
  await sleep(1);
  throw new ValueError('generator');
});

const careful = asyncGenerator(async function* () {
  try {
    yield 1;
  } catch {
    print('never');
  }
});

const main = coroutine(async () => {
  try {
    for await (const i of fragile()) print(i);
  } catch (error) {
    print(repr(error), now());
  }
  const generator = careful();
  try {
    for await (const _ of generator) throw new ValueError('body');
  } catch (error) {
    print(repr(error));
  }
  await generator.return(undefined);
});

await run(main());
