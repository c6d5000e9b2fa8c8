// With return_exceptions, errors are results like others, cancellations too.
import { coroutine, createTask, gather, getRunningLoop, run, sleep, ValueError } from 'cokernel';
import { print } from '../show.ts';

const fail = coroutine(async (word: string) => {
  await sleep(1);
  throw new ValueError(word);
});

const main = coroutine(async () => {
  const doomed = createTask(sleep(10, 'slept'));
  getRunningLoop().callLater(2, () => doomed.cancel('doomed'));
  const results = await gather(sleep(1, 'one'), fail('two'), doomed, { returnExceptions: true });
  print(results.slice(0, 2), (results[2] as Error).name);
});

await run(main());
