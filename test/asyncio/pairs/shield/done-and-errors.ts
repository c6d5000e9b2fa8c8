// A shield of something done is that thing itself; errors pass through.
import { coroutine, createTask, run, shield, sleep, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const fail = coroutine(async () => {
  await sleep(1);
  throw new ValueError('broken');
});

const main = coroutine(async () => {
  const done = createTask(sleep(0, 'done'));
  await done;
  print(shield(done) === done, await shield(done));
  try {
    await shield(fail());
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
