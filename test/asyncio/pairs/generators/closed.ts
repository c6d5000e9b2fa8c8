// Closing a generator runs its finally, which may await; nothing comes after.
import { asyncGenerator, coroutine, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const numbers = asyncGenerator(async function* () {
  try {
    yield 1;
    yield 2;
    print('never');
  } finally {
    await sleep(1);
    print('closed', now());
  }
});

const main = coroutine(async () => {
  const generator = numbers();
  print((await generator.next()).value);
  print((await generator.next()).value);
  await generator.return(undefined);
  print((await generator.next()).done ? 'exhausted' : 'more');
});

await run(main());
