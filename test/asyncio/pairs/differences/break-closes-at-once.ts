// After `break` JavaScript runs the generator's finally at once; CPython does once the generator is found unused.
import { asyncGenerator, coroutine, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const numbers = asyncGenerator(async function* () {
  try {
    yield 1;
    yield 2;
  } finally {
    print('closed');
  }
});

const main = coroutine(async () => {
  for await (const _ of numbers()) break;
  print('after the loop');
  await sleep(0);
  await sleep(0);
  print('end');
});

await run(main());
