// CPython counts references and tells of an unseen error as the last one goes; here it is told when a collection or the loop's end shows it.
import { coroutine, createTask, getRunningLoop, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const fail = coroutine(async () => {
  throw new ValueError('nobody looks');
});

const main = coroutine(async () => {
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, repr(context.exception)));
  createTask(fail());
  await sleep(1);
  print('main ends');
});

await run(main());
