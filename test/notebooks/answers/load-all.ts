// Lesson "Task groups": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, gather, taskGroup } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Load = (name: string) => Coroutine<string>;

export const checkLoadAll: Answers = {
  right: [
    coroutine(function* (load: Load, names: string[]) {
      const tasks = yield* taskGroup(function* (group) {
        return names.map((name) => group.createTask(load(name)));
      });
      return tasks.map((task) => task.result());
    }),
  ],
  wrong: [
    [
      coroutine(function* (load: Load, names: string[]) {
        return yield* gather(...names.map(load));
      }),
      /went on/,
    ],
    [
      coroutine(function* (load: Load, names: string[]) {
        const all = [];
        for (const name of names) all.push(yield* load(name));
        return all;
      }),
      /one after another/,
    ],
    [
      coroutine(function* (load: Load, names: string[]) {
        return yield* gather(...names.map(load), { returnExceptions: true });
      }),
      /the error was lost/,
    ],
    [
      coroutine(function* (load: Load, names: string[]) {
        return yield* taskGroup(function* (group) {
          return names.map((name) => group.createTask(load(name)).result());
        });
      }),
      /InvalidStateError: Result is not set\.\nA task was asked/,
    ],
    [
      coroutine(function* (load: Load, names: string[]) {
        return yield* taskGroup(function* (group) {
          return names.map((name) => group.createTask(load(name)));
        });
      }),
      /returned tasks, not their results/,
    ],
  ],
};
