import type { Session } from 'node:inspector';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createIntruder } from '../../../runtime/cell/interrupt/intrusion.ts';

type Answer = (error: Error | null, answer?: unknown) => void;

/** Stands in for the main thread, which answers when the test has it answer. */
function createStage() {
  const waiting: Answer[] = [];
  const stage = {
    sessions: 0,
    open: 0,
    waiting,
    intruder: createIntruder(() => {
      stage.sessions += 1;
      stage.open += 1;
      return {
        post: (_method: string, _parameters: object, answer: Answer) => waiting.push(answer),
        disconnect: () => {
          stage.open -= 1;
          for (const answer of waiting.splice(0)) answer(new Error('closed'));
        },
      } as unknown as Session;
    }),
  };
  return stage;
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('the session is opened by the first intrusion, serves the next, and is closed when it is not needed', () => {
  const stage = createStage();
  stage.intruder.intrude('cokernel text', []);
  stage.intruder.intrude('cokernel text', []);
  for (const answer of stage.waiting.splice(0)) answer(null, { result: {} });
  stage.intruder.closeSoon();
  expect([stage.sessions, stage.open]).toEqual([1, 1]);
  jest.advanceTimersByTime(200);
  expect(stage.open).toBe(0);
});

test('an intrusion that a busy main thread runs late is not lost', () => {
  const stage = createStage();
  const values: unknown[] = [];
  stage.intruder.intrude('cokernel terminate', [1], (value) => values.push(value));
  stage.intruder.closeSoon();
  jest.advanceTimersByTime(1_000);
  stage.waiting.shift()?.(null, { result: { value: 1 } });
  expect(values).toEqual([1]);
  jest.advanceTimersByTime(200);
  expect(stage.open).toBe(0);
});

test('an intrusion that fails calls back without a value', () => {
  const stage = createStage();
  const values: unknown[] = [];
  stage.intruder.intrude('cokernel terminate', [1], (value) => values.push(value));
  stage.waiting.shift()?.(new Error('no such thing'));
  expect(values).toEqual([undefined]);
});
