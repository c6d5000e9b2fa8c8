// A coroutine that awaits itself is already executing.
import { type Coroutine, coroutine, run } from 'cokernel';
import { print, repr } from '../show.ts';

const ouroboros = coroutine(async (): Promise<string> => {
  try {
    await box[0];
  } catch (error) {
    print(repr(error));
  }
  return 'done';
});

const box: Coroutine<string>[] = [];

const main = coroutine(async () => {
  box.push(ouroboros());
  print(await box[0]);
});

await run(main());
