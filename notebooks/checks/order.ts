// Lesson "Can you predict it?": the output is given, and the learner writes the program.

import { coroutine } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `order(say)` calls say('last') first, and yet 'last' is noted last. */
export const checkOrder = check(
  'You know who runs next.',
  coroutine(function* (order: unknown) {
    const [called, noted]: [string[], string[]] = [[], []];
    // biome-ignore lint/correctness/useYield: it never pauses
    const note = coroutine(function* say(word: string) {
      noted.push(word);
    });
    const say = (word: string) => {
      called.push(word);
      return note(word);
    };
    yield* call('order', order, say);
    if (called[0] !== 'last') throw new Wrong(`say('last') should be called first. You called ${shown(called)}.`);
    if (noted.join() !== 'one,two,last')
      throw new Wrong(
        `the words should be noted as one, two, last. They were noted as ${noted.join(', ') || 'nothing'}.`,
      );
  }),
);
