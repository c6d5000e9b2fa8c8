// Timers fire by their time, whatever order they were made in; a cancelled one does not.
import { coroutine, getRunningLoop, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(async () => {
  const loop = getRunningLoop();
  const start = loop.time();
  loop.callLater(0.3, print, 'three');
  loop.callLater(0.1, print, 'one');
  const never = loop.callLater(0.15, print, 'never');
  loop.callAt(start + 0.2, print, 'two');
  loop.callLater(0, print, 'zero');
  loop.callSoon(print, 'soon');
  never.cancel();
  await sleep(0.25);
  print('at', now());
  await sleep(0.25);
  print('at', now());
});

await run(main());
