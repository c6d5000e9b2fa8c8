// Awaits inside an expression happen from left to right, and only where they are needed.
import { coroutine, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const give = coroutine(async (value: number) => {
  print('give', value);
  await sleep(0);
  return value;
});

const main = coroutine(async () => {
  print([await give(1), await give(2), (await give(3)) + (await give(4))]);
  print((await give(0)) || (await give(5)));
  print((await give(0)) && (await give(9)));
  print((await give(1)) ? await give(7) : await give(8));
  let total = 10;
  total += await give(6);
  const both: number[] = [];
  for (let i = 0; i < 2; i++) both.push(await give(i));
  print(total, both);
});

await run(main());
