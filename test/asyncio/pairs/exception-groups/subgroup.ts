// subgroup keeps what matches, or nothing.
import { coroutine, ExceptionGroup, RuntimeError, run, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const group = new ExceptionGroup('all', [new ValueError('a'), new ExceptionGroup('inner', [new TypeError('b')])]);
  print(repr(group.subgroup(TypeError)));
  print(repr(group.subgroup(ValueError)));
  print(group.subgroup(RuntimeError));
  print(group.subgroup(Error) === group);
  // Python's .message has no count; JavaScript's is what str() gives there.
  print('all', group.exceptions.length);
});

await run(main());
