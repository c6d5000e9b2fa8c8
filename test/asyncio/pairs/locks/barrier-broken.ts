// An aborted barrier lets nobody through any more.
import { Barrier, coroutine, createTask, gather, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const racer = coroutine(async (name: string, barrier: Barrier) => {
  try {
    await barrier.wait();
  } catch (error) {
    print(name, (error as Error).name);
  }
});

const main = coroutine(async () => {
  const barrier = new Barrier(3);
  const tasks = [...'ab'].map((name) => createTask(racer(name, barrier)));
  await sleep(1);
  print(barrier.nWaiting);
  await barrier.abort();
  await gather(...tasks);
  await racer('late', barrier);
  print(barrier.broken);
  await barrier.reset();
  print(barrier.broken);
});

await run(main());
