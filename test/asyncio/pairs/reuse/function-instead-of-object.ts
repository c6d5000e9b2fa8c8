// A coroutine function is not yet a coroutine.
import { coroutine, createTask, ensureFuture, isCoroutine, isCoroutineFunction, run } from 'cokernel';
import { print } from '../show.ts';

const hello = coroutine(async () => 'hello');

const main = coroutine(async () => {
  for (const attempt of [createTask, ensureFuture]) {
    try {
      attempt(hello as never);
    } catch (error) {
      print((error as Error).name, (error as Error).message.split(',')[0]);
    }
  }
  print(isCoroutineFunction(hello), isCoroutine(hello));
  const greeting = hello();
  print(isCoroutineFunction(greeting), isCoroutine(greeting));
  print(await greeting);
});

await run(main());
