// An error thrown into a generator can be answered with a value.
import { asyncGenerator, coroutine, run, sleep, ValueError } from 'cokernel';
import { now, print } from '../show.ts';

const answers = asyncGenerator(async function* () {
  while (true) {
    try {
      yield 'value';
    } catch (error) {
      await sleep(1);
      yield `caught ${(error as Error).message} at ${now()}`;
    }
  }
});

const main = coroutine(async () => {
  const generator = answers();
  print((await generator.next()).value);
  print((await generator.throw(new ValueError('this'))).value);
  print((await generator.next()).value);
  await generator.return(undefined);
});

await run(main());
