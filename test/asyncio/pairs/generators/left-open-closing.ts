// As run() ends it closes every async generator left open, in tasks of their own; what goes wrong is told of.
import { anext, asyncGenerator, coroutine, createTask, getRunningLoop, run, sleep, ValueError } from 'cokernel';
import { print } from '../show.ts';

const numbers = asyncGenerator(async function* (name: string, last: Error | null) {
  try {
    yield 1;
    yield 2;
  } finally {
    print(name, 'closing');
    await sleep(0);
    // biome-ignore lint/correctness/noUnsafeFinally: what goes wrong in it is what this is about.
    if (last !== null) throw last;
    print(name, 'closed');
  }
});

const kept: AsyncGenerator<number>[] = [];

const begin = coroutine(async (name: string, last: Error | null = null) => {
  const generator = numbers(name, last);
  kept.push(generator);
  print(name, await anext(generator));
  return [generator] as const;
});

const main = coroutine(async () => {
  getRunningLoop().setExceptionHandler((_loop, { exception }) => {
    const { name, message } = exception as Error;
    print(name, message);
  });
  await begin('first');
  await createTask(begin('in a task'));
  await begin('fails', new ValueError('while closing'));
  const [ended] = await begin('ended');
  const rest: number[] = [];
  for await (const n of ended) rest.push(n);
  print(rest);
  const [failed] = await begin('failed');
  const inside = new Error('inside');
  try {
    await failed.athrow(inside);
  } catch (error) {
    if (error === inside) print('thrown through');
  }
  kept.push(numbers('never begun', null));
  print('main ends');
});

await run(main());
