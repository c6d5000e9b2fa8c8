// A callback that throws is told to the exception handler, and the loop goes on.
import { coroutine, getRunningLoop, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const loop = getRunningLoop();
  loop.setExceptionHandler((_loop, context) => print('handler', repr(context.exception)));

  const broken = () => {
    throw new ValueError('broken');
  };

  loop.callSoon(broken);
  loop.callSoon(print, 'next');
  await sleep(0);
  loop.callLater(0.1, broken);
  await sleep(0.2);
  print('still here');
});

await run(main());
