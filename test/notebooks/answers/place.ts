// Lesson "Looking inside": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, type Task } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkPlace: Answers = {
  right: [
    (task: Task<unknown>) => {
      const frame = task.getStack().at(-1);
      return frame === undefined ? 'done' : `${frame.name}, line ${frame.line}`;
    },
    (task: Task<unknown>) => {
      if (task.done()) return 'done';
      const [{ name, line } = { name: '', line: 0 }] = task.getStack().reverse();
      return `${name}, line ${line}`;
    },
  ],
  wrong: [
    [
      (task: Task<unknown>) => `${task.getStack()[0]?.name}, line ${task.getStack()[0]?.line}`,
      /serve is the outermost coroutine\. The innermost one is the last/,
    ],
    [(task: Task<unknown>) => task.getStack().at(-1)?.name, /should return 'boil, line \d+'\. It returned 'boil'/],
    [
      (task: Task<unknown>) => `${task.getStack().at(-1)?.name}, line ${task.getStack().at(-1)?.line}`,
      /for a task that is done it should return 'done'\. It returned 'undefined, line undefined'/,
    ],
    [() => {}, /It returned undefined\. Is a return missing\?/],
    [coroutine(function* () {}), /should be a plain function/],
    [undefined, /should be a function/],
  ],
};
