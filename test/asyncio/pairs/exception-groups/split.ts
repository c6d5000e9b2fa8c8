// split parts a group by a test, keeping its shape.
import { coroutine, ExceptionGroup, run, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

class KeyError extends Error {}

const main = coroutine(async () => {
  const group = new ExceptionGroup('all', [
    new ValueError('a'),
    new ExceptionGroup('inner', [new TypeError('b'), new ValueError('c')]),
    new TypeError('d'),
  ]);
  print(group);
  let [matching, rest] = group.split(ValueError);
  print(repr(matching));
  print(repr(rest));
  [matching, rest] = group.split((error) => error.message === 'b');
  print(repr(matching));
  print(repr(rest));
  print(group.split(KeyError)[0], repr(group.split([ValueError, TypeError])[1]));
});

await run(main());
