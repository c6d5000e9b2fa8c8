// Those who wait for one future wake in the order they came.
import { coroutine, createTask, type Future, gather, getRunningLoop, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const waiter = coroutine(async (name: string, future: Future<string>) => {
  print(name, await future);
});

const main = coroutine(async () => {
  const future = getRunningLoop().createFuture<string>();
  const tasks = [...'abc'].map((name) => createTask(waiter(name, future)));
  await sleep(1);
  future.setResult('go');
  print('set');
  try {
    future.setResult('again');
  } catch (error) {
    print((error as Error).name);
  }
  await gather(...tasks);
  print(await future);
});

await run(main());
