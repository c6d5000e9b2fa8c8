// Even with return_exceptions a cancelled gather raises.
import { coroutine, gather, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const child = coroutine(async (name: string) => {
  try {
    await sleep(10);
  } catch (error) {
    print('child', name);
    throw error;
  }
});

const main = coroutine(async () => {
  const group = gather(child('a'), child('b'), { returnExceptions: true });
  await sleep(1);
  group.cancel('all of you');
  try {
    print(await group);
  } catch (error) {
    print(repr(error), group.cancelled());
  }
});

await run(main());
