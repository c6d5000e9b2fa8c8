// Handling part of a group leaves the rest to go on.
import { coroutine, type ExceptionGroup, run, sleep, taskGroup, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const fail = coroutine(async (error: Error) => {
  await sleep(1);
  throw error;
});

const work = coroutine(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(fail(new ValueError('known')));
      group.createTask(fail(new TypeError('unknown')));
    });
  } catch (error) {
    const [known, rest] = (error as ExceptionGroup).split(ValueError);
    if (known) print('handled', repr(known));
    if (rest) throw rest;
  }
});

const main = coroutine(async () => {
  try {
    await work();
  } catch (rest) {
    print('left', repr(rest));
  }
});

await run(main());
