// A token takes a variable back to what it was; one without value or default raises.
import { ContextVar, coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const plain = new ContextVar<string>('plain');

const main = coroutine(async () => {
  try {
    plain.get();
  } catch (error) {
    print((error as Error).name);
  }
  print(plain.get('given'));
  const first = plain.set('first');
  const second = plain.set('second');
  print(plain.get());
  plain.reset(second);
  print(plain.get());
  plain.reset(first);
  print(plain.get('nothing again'));
  try {
    plain.reset(first);
  } catch (error) {
    print((error as Error).name);
  }
});

await run(main());
