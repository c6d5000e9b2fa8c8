// What a coroutine returns is not awaited by CPython; an async function in JavaScript adopts it.
import { coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const hello = coroutine(async () => 'hello');

const outer = coroutine(async () => hello());

const main = coroutine(async () => {
  const value: string = await outer();
  print(value === 'hello' ? 'hello' : 'a coroutine object');
});

await run(main());
