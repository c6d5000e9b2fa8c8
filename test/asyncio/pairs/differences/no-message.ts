// An error without a message has the empty one: JavaScript's errors know no other.
import { CancelledError, coroutine, run } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  print(repr(new CancelledError('')), repr(new CancelledError()));
});

await run(main());
