// Where releasing fails while an error is on its way, Python raises the new one with the old as its context; `using` throws a SuppressedError of both.
import { BoundedSemaphore, coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  const permits = new BoundedSemaphore(1);
  try {
    using _permit = await permits.acquire();
    permits.release();
    throw new TypeError('block');
  } catch (error) {
    const { name, error: later, suppressed } = error as SuppressedError;
    print(name, later.message, '/', suppressed.message);
  }
});

await run(main());
