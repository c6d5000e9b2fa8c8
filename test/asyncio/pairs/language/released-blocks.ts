// What a block opens it closes, whatever ends the block, and the closing may wait.
import { coroutine, createTask, run, sleep, ValueError, wait } from 'cokernel';
import { now, print, repr } from '../show.ts';

class Connection {
  name: string;

  constructor(name: string) {
    this.name = name;
  }

  [Symbol.asyncDispose] = coroutine(async () => {
    await sleep(1);
    print('closed', this.name, now());
  });
}

const connect = coroutine(async (name: string) => {
  await sleep(1);
  print('open', name, now());
  return new Connection(name);
});

const work = coroutine(async (fail: boolean) => {
  await using _a = await connect('a');
  await using _b = await connect('b');
  await sleep(1);
  if (fail) throw new ValueError('broken');
  await sleep(10);
});

const main = coroutine(async () => {
  try {
    await work(true);
  } catch (error) {
    print(repr(error));
  }
  const task = createTask(work(false));
  await sleep(4);
  task.cancel();
  await wait([task]);
  print(task.cancelled(), now());
});

await run(main());
