// First in first out, last in first out, smallest first.
import { coroutine, LifoQueue, PriorityQueue, Queue, run } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  for (const kind of [Queue, LifoQueue, PriorityQueue]) {
    const queue = new kind<number>();
    for (const item of [3, 1, 4, 1, 5, 9, 2, 6]) await queue.put(item);
    const items: number[] = [];
    while (!queue.empty()) items.push(await queue.get());
    print(items);
  }
});

await run(main());
