// One async generator cannot be advanced by two at once.
import { asyncGenerator, coroutine, gather, run, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const slow = asyncGenerator(async function* () {
  await sleep(1);
  yield 'first';
  await sleep(1);
  yield 'second';
});

const reader = coroutine(async (name: string, generator: ReturnType<typeof slow>) => {
  try {
    print(name, (await generator.next()).value, now());
  } catch (error) {
    print(name, repr(error));
  }
});

const main = coroutine(async () => {
  const generator = slow();
  await gather(reader('a', generator), reader('b', generator));
  await reader('c', generator);
});

await run(main());
