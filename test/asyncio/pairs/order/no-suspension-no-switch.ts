// Awaiting what never suspends does not let others run: A0 A1 B0 B1.
import { coroutine, gather, run } from 'cokernel';
import { print } from '../show.ts';

const step = coroutine(async (name: string) => {
  print(name);
});

const twice = coroutine(async (name: string) => {
  await step(`${name}0`);
  await step(`${name}1`);
});

const main = coroutine(async () => {
  await gather(twice('A'), twice('B'));
});

await run(main());
