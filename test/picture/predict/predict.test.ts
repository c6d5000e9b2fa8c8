// predict as people call it: what it compares, which rule it names, and what it shows.

import { Console } from 'node:console';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Coroutine, coroutine, createTask, Event, run, sleep, type Task } from '../../../runtime/asyncio/index.ts';
import { READER } from '../../../runtime/picture/draw/packed-text.ts';
import { type Prediction, predict } from '../../../runtime/picture/index.ts';
import { generate, tenOf } from '../../../runtime/quiz/generate.ts';
import { judge } from '../../../runtime/quiz/judge.ts';
import { outcomeOf } from '../../../runtime/quiz/machine.ts';
import type { Draft, Program } from '../../../runtime/quiz/quiz-program.ts';

// Jest's own console does not write to standard output, where prints are heard.
const before = globalThis.console;
beforeAll(() => {
  globalThis.console = new Console(process.stdout, process.stderr);
});
afterAll(() => {
  globalThis.console = before;
});

const say = coroutine(function* speak(text: string, seconds?: number) {
  if (seconds !== undefined) yield* sleep(seconds);
  console.log(text);
});
const direct = coroutine(function* program() {
  const task = createTask(say('task'));
  yield* say('direct 1');
  yield* say('direct 2');
  console.log('main');
  yield* task;
});
const predicted = <T>(lines: readonly string[] | string, main: Coroutine<T>): Promise<Prediction<T>> =>
  run(predict(lines, main), { clock: 'real' });

test('a prediction that is right in every line says so, given as an array or as a text', async () => {
  for (const lines of [['direct 1', 'direct 2', 'main', 'task'], '\n  direct 1\n  direct 2\n  main\n  task\n']) {
    const prediction = await predicted(lines, direct());
    expect(prediction.right).toBe(true);
    expect(String(prediction)).toMatch(/^Right: all 4 lines are as you predicted\./);
  }
});

test('an hour passes at once, and what the coroutine prints is shown in the figure instead', async () => {
  const began = performance.now();
  const prediction = await predicted(['late'], say('late', 3600));
  expect(prediction.lines.map(({ text }) => text)).toEqual(['late']);
  expect(performance.now() - began).toBeLessThan(5000);
});

const two = (first: () => Coroutine<unknown>, then: () => Coroutine<unknown>) =>
  coroutine(function* program() {
    const [a, b] = [createTask(first()), createTask(then())];
    yield* a;
    console.log('main');
    yield* b;
  });
const turn = coroutine(function* turning() {
  console.log('turn 1');
  yield* sleep(0);
  console.log('turn 2');
});
const called = coroutine(function* program() {
  const object = say('object');
  console.log('main');
  yield* object;
});
const queued = coroutine(function* program() {
  const task = createTask(say('task'));
  console.log('main');
  yield* task;
});

test.each<[rule: number, said: RegExp, main: () => Coroutine<unknown>, guess: string]>([
  [1, /program\d? went on: speak\(\) had been called, and not awaited yet/, () => called(), 'object\nmain'],
  [2, /program\d? went on: createTask only put speak into the ready queue/, () => queued(), 'task\nmain'],
  [3, /program\d? went on: it awaited speak\(\) directly/, () => direct(), 'task\ndirect 1'],
  [
    5,
    /speak was in the ready queue before speak 2/,
    () =>
      two(
        () => say('a'),
        () => say('b'),
      )(),
    'b',
  ],
  [
    6,
    /turning had given up its turn with sleep\(0\)/,
    () =>
      two(
        () => turn(),
        () => say('b'),
      )(),
    'turn 1\nturn 2',
  ],
  [
    7,
    /speak was still asleep, in sleep\(2\)/,
    () =>
      two(
        () => say('a', 2),
        () => say('b', 1),
      )(),
    'a',
  ],
  [
    8,
    /program\d? was put at the end of the ready queue/,
    () =>
      two(
        () => say('a'),
        () => say('b'),
      )(),
    'a\nmain',
  ],
])('a wrong line names rule %i', async (rule, said, main, guess) => {
  const prediction = await predicted(guess, main());
  expect([prediction.decision?.rule, prediction.decision?.because]).toEqual([rule, expect.stringMatching(said)]);
});

// biome-ignore lint/correctness/useYield: it prints one line and never pauses
const note = coroutine(function* note(name: string) {
  console.log(name);
});
/** A program of the quiz as a coroutine. */
const asCoroutine = ({ steps: body, lines }: Draft) => {
  const steps = coroutine(function* steps(name: string) {
    for (const step of body) {
      if (step.do === 'log') console.log(name + step.text);
      else if (step.do === 'sleep') yield* sleep(step.seconds);
      else yield* note(name + step.text);
    }
  });
  const called = { steps, note };
  return coroutine(function* program() {
    const made = new Map<string, Coroutine<void> | Task<void>>();
    for (const line of lines) {
      if (line.do === 'log') console.log(line.text);
      else if (line.do === 'sleep') yield* sleep(line.seconds);
      else if (line.do === 'run') yield* called[line.of](line.name);
      else if (line.do === 'call') made.set(line.name, called[line.of](line.name));
      else if (line.do === 'task') made.set(line.name, createTask(called[line.of](line.name)));
      else if (line.do === 'start') createTask(made.get(line.name) as Coroutine<void>);
      else yield* made.get(line.name) as Coroutine<void>;
    }
  })();
};
/** Functions of one name in a file are numbered when it is compiled. */
const unnumbered = (decision: Prediction<unknown>['decision']) => decision?.because.replaceAll(/(?<=[a-z])\d/g, '');
const rulesNamed = async (program: Program, guess: readonly string[]) => {
  const { decision } = await predicted(guess, asCoroutine(program));
  return { quiz: judge([program], [guess])[0]?.broke?.number, predict: decision?.rule, because: unnumbered(decision) };
};

test('the quiz and predict name the same rule for the same program and prediction', async () => {
  const named: unknown[] = [];
  for (let seed = 0; seed < 50; seed++) {
    const program = generate(seed);
    const { prints } = program;
    const believed = program.beliefs.map((belief) => outcomeOf(program, belief).prints);
    const swapped = prints.slice(1).map((text, at) => prints.with(at, text).with(at + 1, prints[at] as string));
    for (const guess of [...believed, ...swapped].filter(({ length }) => length > 0)) {
      const { quiz, predict: rule } = await rulesNamed(program, guess);
      if (quiz !== rule || rule === undefined) named.push({ seed, guess, quiz, rule });
    }
  }
  expect(named).toEqual([]);
});

test.each([
  ['ax a1 b cx c1', 1, 'program went on: note() had been called, and not awaited yet.'],
  ['ax a1 cx b c1', 1, 'program went on: note() had been called, and not awaited yet.'],
  ['cx c1 ax a1 b', 6, 'program had given up its turn with sleep(0), so steps came first.'],
  ['ax cx a1 c1 b', 4, 'steps went on: note() was done, so there was nothing to wait for.'],
])('of program 7 of quiz 4711, the prediction %s breaks rule %i', async (guess, rule, because) => {
  const program = tenOf(4711)[6] as Program;
  expect(program.prints.join(' ')).toBe('ax a1 cx c1 b');
  expect(await rulesNamed(program, guess.split(' '))).toEqual({ quiz: rule, predict: rule, because });
});

test('rule 3 names the coroutine that awaited, which need not be the task', async () => {
  const middle = coroutine(function* middle() {
    console.log('middle');
    yield* say('inner');
  });
  const main = coroutine(function* program() {
    const task = createTask(say('task'));
    yield* middle();
    yield* task;
  });
  const { decision } = await predicted('middle\ntask', main());
  expect(decision?.rule).toBe(3);
  expect(unnumbered(decision)).toBe('middle went on: it awaited speak() directly, so speak ran inside it.');
});

test('an await of what is done does not pause, and rule 4 says so', async () => {
  const main = coroutine(function* program() {
    const a = createTask(say('a'));
    yield* a;
    const b = createTask(say('b'));
    console.log('one');
    yield* a;
    console.log('two');
    yield* b;
  });
  const { decision } = await predicted(['a', 'one', 'b', 'two'], main());
  expect(decision?.rule).toBe(4);
});

test.each([
  ['c\nb', 'Line 1: “c” was never printed. The rules are about the order only.'],
  ['a\na', 'Line 2: “a” was not printed again. The rules are about the order only.'],
])('where a line was predicted that never comes, no rule is named: %j', async (guess, says) => {
  const main = coroutine(function* program() {
    yield* say('a');
    yield* say('b');
  });
  const prediction = await predicted(guess, main());
  expect(prediction.decision).toBeUndefined();
  expect(String(prediction).split('\n').at(-1)).toBe(says);
});

test('what a task waited for, other than a task, is named when rule 4 decided', async () => {
  const main = coroutine(function* program() {
    const gun = new Event({ name: 'gun' });
    const runner = createTask(
      coroutine(function* runs() {
        yield* gun.wait();
        console.log('runs');
      })(),
    );
    yield* sleep(1);
    gun.set();
    console.log('bang');
    yield* runner;
  });
  const { decision } = await predicted(['runs', 'bang'], main());
  expect(decision).toEqual({ rule: 4, because: 'runs had to pause, waiting for event gun.' });
});

test('what is printed belongs to the trace, with the task that printed it, however it is written', async () => {
  const main = coroutine(function* pieces() {
    const task = createTask(say('task'));
    process.stdout.write('in ');
    process.stdout.write('pieces\nand more\n');
    yield* task;
  });
  const { trace, lines, right } = await predicted(['in pieces', 'and more', 'task'], main());
  expect(right).toBe(true);
  const names = trace.model.lanes.map(({ task, name }) => [task, name] as const);
  expect(trace.model.prints.map(({ task, text }) => [new Map(names).get(task ?? 0), text])).toEqual([
    ['pieces', 'in '],
    ['pieces', 'pieces\nand more\n'],
    ['speak', 'task\n'],
  ]);
  expect(lines.map(({ moment }) => moment)).toEqual([0, 1, 2].map((at) => trace.model.prints[at]?.moment));
});

test('the figure holds both columns, the rule, and the player opened at the first difference; without scripts they are text', async () => {
  const html = (await predicted(['task', 'direct 1'], direct())).html();
  const [, signs, bytes] = /ckPlayers\["\w+"\]\("\w+",("[^"]*"(?:\+\n"[^"]*")*),(\d+),\d+\)\}/.exec(html) ?? [];
  const data: string = await new Function(`return (${READER})(${signs},${bytes})`)();
  expect(data).toContain('you predicted');
  expect(data).toContain('Rule 3. A coroutine that is awaited directly');
  const stripped = html.replaceAll(/<(script|style)>[\s\S]*?<\/\1>/g, '');
  expect(stripped).toMatch(/predicted {2}printed\n✗ task {7}direct 1\n/);
  expect(stripped).toContain('Rule 3: A coroutine that is awaited directly');
});

test('a forgotten await, a function that was not called and a missing prediction say what to write', async () => {
  const object = predict(['a'], direct()) as unknown as Record<symbol, () => Record<string, string>>;
  const shown = object[Symbol.for('Jupyter.display')]?.();
  expect(shown?.['text/plain']).toBe(
    'Nothing ran yet: this is a coroutine object. Write await in front: await predict([…], program())',
  );
  expect(() => predict(['a'], direct as never)).toThrow(/a coroutine was expected, got <function/);
  expect(() => predict(direct() as never, ['a'] as never)).toThrow(/the lines were expected first/);
});

test('an error of the coroutine is shown below the lines that came before it', async () => {
  const main = coroutine(function* program() {
    console.log('before');
    yield* sleep(0);
    throw new TypeError('broken');
  });
  const prediction = await predicted(['before', 'after'], main());
  expect(String(prediction)).toContain('The run ended with TypeError: broken');
});
