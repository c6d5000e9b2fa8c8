// Two loops over two generators take turns.
import { asyncGenerator, coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const ticks = asyncGenerator(async function* (name: string, seconds: number) {
  for (let i = 0; i < 3; i++) {
    await sleep(seconds);
    yield `${name}${i}`;
  }
});

const follow = coroutine(async (name: string, seconds: number) => {
  for await (const tick of ticks(name, seconds)) print(tick, now());
});

const main = coroutine(async () => {
  await gather(follow('a', 1), follow('b', 1.5));
});

await run(main());
