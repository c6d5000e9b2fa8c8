// With no time left the block still runs to its first suspension.
import { coroutine, run, sleep, timeout } from 'cokernel';
import { now, print, repr } from '../show.ts';

const noWait = coroutine(async () => 'no wait');

const main = coroutine(async () => {
  try {
    await timeout(-1, async () => {
      print('started');
      print(await noWait());
      await sleep(0);
      print('after one turn');
      await sleep(0);
      print('never');
    });
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
