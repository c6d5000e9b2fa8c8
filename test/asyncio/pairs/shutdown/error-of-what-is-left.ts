// An error of what was left over goes to the exception handler, not to the caller.
import { coroutine, createTask, getRunningLoop, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const background = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    throw new ValueError('in cleanup');
  }
});

const main = coroutine(async () => {
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, repr(context.exception)));
  createTask(background());
  await sleep(1);
  return 'result';
});

print(await run(main()));
