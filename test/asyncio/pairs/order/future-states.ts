// A future says what it is not ready to say.
import { coroutine, getRunningLoop, run, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const future = getRunningLoop().createFuture<void>();
  for (const ask of [() => future.result(), () => future.exception()]) {
    try {
      ask();
    } catch (error) {
      print(repr(error));
    }
  }
  future.setException(new ValueError('broken'));
  print(future.done(), future.cancelled(), repr(future.exception()));
  try {
    future.result();
  } catch (error) {
    print(repr(error));
  }
  print(future.cancel());
  const other = getRunningLoop().createFuture<void>();
  print(other.cancel('enough'), other.cancelled(), other.done());
  try {
    await other;
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
