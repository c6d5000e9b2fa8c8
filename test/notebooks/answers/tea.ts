// Lesson "Four ways to run a coroutine": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, createTask, gather, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Ask = () => Coroutine<string>;

export const checkTea: Answers = {
  right: [
    coroutine(function* (boil: Ask, toast: Ask) {
      const water = createTask(boil());
      const bread = yield* toast();
      return [yield* water, bread];
    }),
    coroutine(function* (boil: Ask, toast: Ask) {
      return yield* gather(boil(), toast());
    }),
  ],
  wrong: [
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        return [yield* boil(), yield* toast()];
      }),
      /only after boil had/,
    ],
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        const bread = yield* toast();
        return [yield* boil(), bread];
      }),
      /only after toast had/,
    ],
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        createTask(boil());
        return [yield* toast(), 'x'];
      }),
      /did not come to the boil/,
    ],
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        return (yield* gather(boil(), toast())).reverse();
      }),
      /should return \[ 'hot water', 'toast' \]/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        return [];
      }),
      /boil never began/,
    ],
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        const water = createTask(boil as never);
        return [yield* water, yield* toast()];
      }),
      /got <function boil>\nA function was given/,
    ],
    [
      coroutine(function* (boil: Ask, toast: Ask) {
        const water = createTask(boil());
        const bread = createTask(toast());
        yield* gather(water, bread);
        return [water, bread];
      }),
      /returned tasks, not their results/,
    ],
  ],
};
