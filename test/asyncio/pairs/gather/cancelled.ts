// Cancelling a gather cancels its children; the gather itself counts as failed with CancelledError.
import { coroutine, gather, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const child = coroutine(async (name: string) => {
  try {
    await sleep(10);
  } finally {
    print('finally', name);
  }
});

const main = coroutine(async () => {
  const group = gather(child('a'), child('b'));
  await sleep(1);
  print(group.cancel());
  try {
    await group;
  } catch (error) {
    print(repr(error), group.cancelled(), group.done());
  }
  const finished = gather(sleep(0));
  await finished;
  print(finished.cancel());
});

await run(main());
