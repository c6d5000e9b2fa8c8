// Lesson "Coroutine functions and coroutine objects": the learner's first coroutine function.

import { coroutine } from 'cokernel';
import { call, now, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `greet('Ada')` sleeps for a tenth of a second and returns 'Hello, Ada'. */
export const checkGreet = check(
  'The call made an object. The await ran it.',
  coroutine(function* (greet: unknown) {
    const began = now();
    for (const name of ['Ada', 'Lin']) {
      const text = yield* call('greet', greet, name);
      if (text !== `Hello, ${name}`) {
        throw new Wrong(`greet('${name}') should return 'Hello, ${name}'. It returned ${shown(text)}.`);
      }
    }
    if (now() - began > 1) throw new Wrong('the text is right, but it came late. A tenth of a second is sleep(0.1).');
    if (now() - began < 0.19)
      throw new Wrong('the text is right, but it came immediately. Await sleep(0.1) before it.');
  }),
);
