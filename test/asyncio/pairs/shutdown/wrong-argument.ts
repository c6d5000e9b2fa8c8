// run() wants something to await.
import { coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const hello = coroutine(async () => 'hello');

for (const wrong of [hello, 42]) {
  try {
    await run(wrong as never);
  } catch (error) {
    print((error as Error).name, (error as Error).message);
  }
}
print(await run(hello()));
