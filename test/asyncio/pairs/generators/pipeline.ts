// Generators that read generators, and one that stops early.
import { asyncGenerator, coroutine, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const count = asyncGenerator(async function* () {
  for (let i = 0; i < 100; i++) {
    await sleep(1);
    yield i;
  }
});

const even = asyncGenerator(async function* (source: AsyncIterable<number>) {
  for await (const i of source) if (i % 2 === 0) yield i;
});

const squares = asyncGenerator(async function* (source: AsyncIterable<number>) {
  for await (const i of source) yield i * i;
});

const main = coroutine(async () => {
  for await (const i of squares(even(count()))) {
    print(i, now());
    if (i > 10) break;
  }
});

await run(main());
