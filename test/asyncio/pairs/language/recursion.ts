// Coroutines that call themselves, one inside the other and side by side.
import { type CoroutineFunction, coroutine, gather, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const fib: CoroutineFunction<[n: number], number> = coroutine(async (n: number) => {
  if (n < 2) return n;
  await sleep(0);
  return (await fib(n - 1)) + (await fib(n - 2));
});

const fibTogether: CoroutineFunction<[n: number], number> = coroutine(async (n: number) => {
  if (n < 2) return n;
  const [one, other] = await gather(fibTogether(n - 1), fibTogether(n - 2));
  return one + other;
});

const main = coroutine(async () => {
  print(await fib(10), await fibTogether(10));
});

await run(main());
