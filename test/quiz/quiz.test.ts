// The rules are complete and each is needed; the programs of the quiz are what it promises.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { generate, tenOf } from '../../runtime/quiz/generate.ts';
import { judge, scoreOf } from '../../runtime/quiz/judge.ts';
import { outcomeOf } from '../../runtime/quiz/machine.ts';
import { RULES } from '../../runtime/quiz/order-rules.ts';
import { type Program, textOf } from '../../runtime/quiz/quiz-program.ts';
import { printedBy } from './printed.ts';
import { solve } from './solver.ts';

/** With --long 1,000 programs, and quizzes besides theirs. */
const SEEDS = process.env.COKERNEL_LONG ? 1000 : 400;
const QUIZZES = process.env.COKERNEL_LONG ? 200 : SEEDS / 10;
let programs: readonly Program[] = [];
let texts: readonly string[] = [];
let quizzes: readonly (readonly Program[])[] = [];

beforeAll(() => {
  programs = Array.from({ length: SEEDS }, (_, seed) => generate(seed));
  texts = programs.map(textOf);
  const more = Array.from({ length: QUIZZES - SEEDS / 10 }, (_, at) => tenOf(SEEDS / 10 + at));
  quizzes = [...Array.from({ length: SEEDS / 10 }, (_, quiz) => programs.slice(quiz * 10, quiz * 10 + 10)), ...more];
}, 300_000);

test('the rules are numbered from 1, and each has a program of at most eight lines that prints what it says', async () => {
  expect(RULES.map(({ number }) => number)).toEqual(RULES.map((_, at) => at + 1));
  for (const { program } of RULES) expect(program.split('\n').length).toBeLessThanOrEqual(8);
  for (const { prints, otherwise } of RULES) expect([...otherwise].sort()).toEqual([...prints].sort());
  for (const { prints, otherwise } of RULES) expect(otherwise).not.toEqual(prints);
  expect(await printedBy(RULES.map(({ program }) => program))).toEqual(RULES.map(({ prints }) => prints));
});

test('the lesson "Who runs next?" has the rules word for word', () => {
  const lesson = readFileSync(join(import.meta.dirname, '..', '..', 'notebooks', '04-who-runs-next.ipynb'), 'utf8');
  const said = lesson.replaceAll('`', '').match(/\| \d \| [^|]* \|/g);
  expect(said).toEqual(RULES.map(({ number, says }) => `| ${number} | ${says} |`));
});

test('programs really print what the quiz says, in every line', async () => {
  expect(await printedBy(texts)).toEqual(programs.map(({ prints }) => prints));
}, 60_000);

test('a solver that knows only the rules is right in every line', () => {
  expect(texts.map(solve)).toEqual(programs.map(({ prints }) => prints));
});

test('the solver has at most 150 lines, imports nothing, and cites every rule', () => {
  const solver = readFileSync(join(import.meta.dirname, 'solver.ts'), 'utf8');
  expect(solver.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  expect(solver).not.toMatch(/^\s*import\b|import\(/m);
  for (const { number } of RULES) expect(solver).toContain(`Rule ${number}`);
});

test.each(RULES)('rule $number decides at least a tenth of the programs', ({ number }) => {
  expect(programs.filter(({ rules }) => rules.includes(number)).length).toBeGreaterThanOrEqual(SEEDS / 10);
});

test('no two programs are alike apart from names and the lengths of sleeps', () => {
  expect(new Set(texts.map(withoutNames)).size).toBe(SEEDS);
});

test('each program has ten lines and prints four to eight', () => {
  expect(texts.filter((text) => text.split('\n').length !== 10)).toEqual([]);
  expect(programs.filter(({ prints }) => prints.length < 4 || prints.length > 8)).toEqual([]);
});

test('at most one of five prints from top to bottom', () => {
  const straight = programs.filter(({ prints }, at) => prints.join() === topDown(texts[at] as string).join());
  expect(straight.length).toBeLessThanOrEqual(SEEDS / 5);
});

test('the grade says how many rules a program needs and how much it prints, and ten in a row become harder', () => {
  const most = [3, 4, RULES.length];
  const words = [/^[45]$/, /^[56]$/, /^[678]$/];
  for (const { grade, rules, prints } of programs) {
    expect(rules.length).toBeLessThanOrEqual(most[grade - 1] as number);
    expect(rules.length).toBeGreaterThan(grade === 1 ? 0 : (most[grade - 2] as number));
    expect(String(prints.length)).toMatch(words[grade - 1] as RegExp);
  }
  expect(programs.slice(0, 10).map(({ grade }) => grade)).toEqual([1, 1, 1, 2, 2, 2, 2, 3, 3, 3]);
});

const beliefs = RULES.flatMap(({ number, instead }) => instead.map((belief) => ({ number, belief })));

test.each(beliefs)('nobody has ten out of ten who breaks rule $number and believes: $belief', ({ belief }) => {
  const scores = quizzes.map((ten) =>
    scoreOf(
      judge(
        ten,
        ten.map((program) => outcomeOf(program, belief).prints),
      ),
    ),
  );
  expect(scores.flatMap((score, quiz) => (score === '10 of 10' ? quiz : []))).toEqual([]);
});

test('the same seed gives the same program, in whatever order one asks', () => {
  for (const seed of [387, 3, 212]) expect(generate(seed)).toEqual(programs[seed]);
});

/** The program with its names numbered in the order in which they occur. */
function withoutNames(text: string): string {
  const names = new Map<string, string>();
  return text
    .replaceAll(/sleep\(0\.\d\)/g, 'sleep(…)')
    .replaceAll(/\b(?!console|log|await|const|coroutine|async|string|createTask|sleep)[a-z]\w*/g, (name) => {
      if (!names.has(name)) names.set(name, `n${names.size}`);
      return names.get(name) as string;
    });
}

/** What somebody expects who reads each call as if its body stood there. */
function topDown(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^(createTask|await) ?\(?\w\)?;$/.test(line));
  const direct = lines.map((line) =>
    line.replace(/^const \w = (?=steps|note)/, 'await ').replace(/^const \w = createTask\((.*)\);/, 'await $1;'),
  );
  return solve(direct.join('\n'));
}
