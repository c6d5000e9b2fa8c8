// Lesson "Looking at things": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, isAwaitable, isCoroutineFunction } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkDescribe: Answers = {
  right: [(value: unknown) => (isCoroutineFunction(value) ? 'call it' : isAwaitable(value) ? 'await it' : 'use it')],
  wrong: [
    [() => 'use it', /for a coroutine function/],
    [
      (value: unknown) => (typeof value === 'function' ? 'call it' : isAwaitable(value) ? 'await it' : 'use it'),
      /for a plain function/,
    ],
    [(value: unknown) => (isCoroutineFunction(value) ? 'call it' : 'use it'), /for a coroutine object/],
    [
      (value: object) => (isCoroutineFunction(value) ? 'call it' : 'then' in value ? 'await it' : 'use it'),
      /it threw TypeError/,
    ],
    ['text', /should be a function/],
    [coroutine(function* () {}), /should be a plain function/],
    [async () => 'use it', /should be a plain function/],
  ],
};
