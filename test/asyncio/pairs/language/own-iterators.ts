// An object that can be iterated with awaits.
import { coroutine, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

class Countdown {
  n: number;

  constructor(n: number) {
    this.n = n;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  next = coroutine(async (): Promise<IteratorResult<number>> => {
    if (this.n === 0) return { done: true, value: undefined };
    await sleep(1);
    return { done: false, value: this.n-- };
  });
}

const main = coroutine(async () => {
  for await (const i of new Countdown(3)) {
    if (i === 2) continue;
    print(i, now());
  }
  print('end', now());
});

await run(main());
