// An error that comes after the shield was cancelled goes to the exception handler.
import { coroutine, getRunningLoop, run, shield, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const fail = coroutine(async () => {
  await sleep(2);
  throw new ValueError('nobody listens');
});

const main = coroutine(async () => {
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print(context.message, repr(context.exception)));
  const outer = shield(fail());
  await sleep(1);
  print(outer.cancel(), outer.cancelled());
  await sleep(2);
});

await run(main());
