// CPython's run() closes, as it ends, the async generators that were advanced by hand and left open.
import { asyncGenerator, coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const numbers = asyncGenerator(async function* () {
  try {
    yield 1;
    yield 2;
  } finally {
    print('closed');
  }
});

const leftOpen: ReturnType<typeof numbers>[] = [];

const main = coroutine(async () => {
  const generator = numbers();
  leftOpen.push(generator);
  print((await generator.next()).value);
  print('main ends');
});

await run(main());
