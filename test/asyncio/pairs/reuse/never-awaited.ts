// A call whose coroutine nobody awaits is told of at once, and runs nothing.
import { coroutine, run, warnings } from 'cokernel';
import { print } from '../show.ts';

const hello = coroutine(async () => {
  print('never printed');
});

const main = coroutine(async () => {
  const before = warnings.hook;
  warnings.hook = (warning) => print(warning.category, warning.message);
  hello();
  print('after the call');
  await helloLater();
  print('end');
  warnings.hook = before;
});

const helloLater = coroutine(async () => {
  hello();
});

await run(main());
