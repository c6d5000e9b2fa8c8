// A program of the quiz from a seed: ten lines, graded by the number of rules that decide it and of lines that it prints.
// Of each ten, one at least refutes each belief that breaks a rule. The same seed always gives the same program.

import { type Outcome, outcomeOf } from './machine.ts';
import { type Belief, RULES } from './order-rules.ts';
import { type Called, type Draft, type Line, type Program, type Step, textOf } from './quiz-program.ts';

// Taken once: in a context of its own, as tests and cells run in, each look at the global object takes long.
const { floor, imul } = Math;

/** Of a program of each grade: at least and at most how many rules decide it, how many lines it prints, how many tasks. */
interface Grade {
  readonly rules: readonly [least: number, most: number];
  readonly prints: readonly [least: number, most: number];
  readonly tasks: number;
}
const GRADES: readonly Grade[] = [
  { rules: [1, 3], prints: [4, 5], tasks: 0 },
  { rules: [4, 4], prints: [5, 6], tasks: 1 },
  { rules: [5, RULES.length], prints: [6, 8], tasks: 2 },
];
/** The grades of ten programs in a row. */
const LADDER = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3] as const;

const BELIEFS: readonly Belief[] = RULES.flatMap(({ instead }) => instead);
/** The beliefs that a program refutes though few other rules decide it. */
const EASY: readonly Belief[] = [1, 2, 3, 5, 7].map((number) => RULES[number - 1]?.instead[0] as Belief);
/** Of the programs that more rules decide, hardly any refutes this one. */
const EASY_ONLY: Belief = 'a sleep takes one turn, however long it is';

const MOST_LINES = 10;

/** After so many draws, a program of a grade may take any place of it. */
const PATIENT = 60_000;
const SECONDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** The program of a seed, a whole number from 0: seeds 10 to 19 are the ten of quiz 1. */
export function generate(seed: number): Program {
  return tenOf(floor(seed / LADDER.length))[seed % LADDER.length] as Program;
}

let latest: { readonly number: number; readonly ten: readonly Program[] } | undefined;

/** The ten programs of a quiz, from easy to hard. @throws RangeError unless its number is a whole number from 0 */
export function tenOf(number: number): readonly Program[] {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`quiz: a whole number from 0 was expected, got ${number}`);
  if (latest?.number !== number) {
    const random = new Random(number);
    let ten = draftTen(number, random);
    while (BELIEFS.some((belief) => !ten.some(({ beliefs }) => beliefs.includes(belief))))
      ten = draftTen(number, random);
    latest = { number, ten };
  }
  return latest.ten;
}

/** A place in a quiz: the grade of its program, and the belief that it should refute. */
interface Place {
  readonly at: number;
  readonly grade: number;
  readonly refutes: Belief;
}

/** The ten places of a quiz. Each belief is to be refuted at one of them, and one belief at two. */
function placesIn(random: Random): readonly Place[] {
  const easy = [EASY_ONLY, ...random.shuffled(EASY).slice(0, LADDER.lastIndexOf(1))];
  const others = BELIEFS.filter((belief) => !easy.includes(belief));
  const refuted = [...random.shuffled(easy), ...random.shuffled([...others, random.of(others)])];
  return LADDER.map((grade, at) => ({ at, grade, refutes: refuted[at] as Belief }));
}

/** Draws programs until each place has one. Not every share of all programs has one that refutes what is asked for. */
function draftTen(number: number, random: Random): readonly Program[] {
  const open = [...placesIn(random)];
  const ten: Program[] = [];
  const forms = new Set<string>();
  for (let draws = 0; open.length > 0; draws++) {
    const draft = draw(random, number % KINDS);
    if (draft === undefined || !tenLines(draft)) continue;
    const outcome = outcomeOf(draft);
    const fitting = open.filter(({ grade }) => fits(draft, outcome, gradeOf(grade)));
    if (fitting.length === 0 || !readable(draft, outcome)) continue;
    const tells = (belief: Belief): boolean => !same(outcomeOf(draft, belief).prints, outcome.prints);
    if (draws < PATIENT && !fitting.some(({ refutes }) => tells(refutes))) continue;
    const beliefs = BELIEFS.filter(tells);
    const rules = RULES.filter(({ instead }) => instead.some((belief) => beliefs.includes(belief))).map(
      (rule) => rule.number,
    );
    const place = fitting.find(
      ({ grade, refutes }) =>
        within(rules.length, gradeOf(grade).rules) && (draws >= PATIENT || beliefs.includes(refutes)),
    );
    if (place === undefined || forms.has(formOf(draft))) continue;
    const { at, grade } = place;
    open.splice(open.indexOf(place), 1);
    forms.add(formOf(draft));
    ten[at] = { seed: number * LADDER.length + at, grade, rules, beliefs, ...draft, prints: outcome.prints };
  }
  return ten;
}

function gradeOf(grade: number): Grade {
  return GRADES[grade - 1] as Grade;
}

/** Whether a program prints as many lines and has as many tasks as one of a grade. */
function fits(draft: Draft, { prints }: Outcome, grade: Grade): boolean {
  return within(prints.length, grade.prints) && tasksIn(draft) >= grade.tasks;
}

function within(count: number, [least, most]: readonly [number, number]): boolean {
  return count >= least && count <= most;
}

function tasksIn({ lines }: Draft): number {
  return lines.filter(({ do: kind }) => kind === 'task' || kind === 'start').length;
}

/** Whether it has all its lines: a draft may have left room for a `note` that it does not use. */
function tenLines({ steps, lines }: Draft): boolean {
  const uses = (called: Called) => lines.some((line) => 'of' in line && line.of === called);
  if (!uses('steps')) return false;
  const noted = uses('note') || steps.some(({ do: kind }) => kind === 'run');
  return (noted ? 1 : 0) + 2 + steps.length + lines.length === MOST_LINES;
}

/** True if two lists have the same texts. */
export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}

function readable(draft: Draft, { prints, sound }: Outcome): boolean {
  return sound && !same(prints, fromTopToBottom(draft));
}

/** What the program would print if each line, and each body that it names, ran when one reads it. */
function fromTopToBottom({ steps, lines }: Draft): readonly string[] {
  const body = (of: Called, name: string): readonly string[] =>
    of === 'note' ? [name] : steps.flatMap((step) => (step.do === 'sleep' ? [] : name + step.text));
  return lines.flatMap((line) => (line.do === 'log' ? line.text : 'of' in line ? body(line.of, line.name) : []));
}

/**
 * Draws ten lines freely; `readable` and the grade then choose. Each of `KINDS` quizzes in a row has a share of its own
 * of all programs: that of a program is the number of its body of `steps` and of its other lines, added up. So no two of
 * these quizzes have a program in common. Undefined if the draw is of another share.
 */
function draw(random: Random, share: number): Draft | undefined {
  const noting = random.below(3) > 0;
  const size = random.of(SIZES);
  const room = MOST_LINES - (noting ? 1 : 0) - 2 - size;
  // Most draws are of another share. So a line is a number until that is known.
  const lines: number[] = [];
  let names = 0;
  /** Objects that nobody has begun, tasks that nobody awaits yet, and all tasks. */
  const objects: number[] = [];
  const tasks: number[] = [];
  const begun: number[] = [];
  const taken = (from: number[]): number => from.splice(random.below(from.length), 1)[0] as number;
  const named = (kind: number): number => {
    const name = names++;
    lines.push(kind + (noting && random.below(3) === 0 ? NAMES.length : 0) + name);
    return name;
  };
  let logs = 0;
  // Most tasks are awaited by the end, or the program would leave some of them over.
  const due = random.below(4) === 0 ? [] : tasks;
  while (lines.length + objects.length + due.length < room) {
    const kind = random.below(16);
    const more = lines.length + objects.length + due.length + 1 < room && names < NAMES.length;
    if (kind < 4 && more) {
      const name = named(TASK);
      tasks.push(name);
      begun.push(name);
    } else if (kind === 4 && more) objects.push(named(CALL));
    else if (kind < 7) {
      if (names < NAMES.length) named(RUN);
    } else if (kind === 7 && objects.length > 0) lines.push(START + taken(objects));
    else if (kind === 8 && objects.length > 0) lines.push(AWAIT + taken(objects));
    else if (kind < 11 && tasks.length > 0) lines.push(AWAIT + taken(tasks));
    else if (kind === 11 && begun.length > 0) lines.push(AWAIT + random.of(begun));
    else if (kind === 12) lines.push(SLEEP);
    else if (kind === 13) lines.push(SLEEP + 1 + random.below(SECONDS.length));
    else if (kind > 13 && logs < 4) lines.push(LOG + ++logs);
  }
  while (objects.length > 0) lines.push(AWAIT + taken(objects));
  while (due.length > 0) lines.push(AWAIT + taken(due));
  const body = BODIES[(share + KINDS - numberOf(lines)) % KINDS] as string;
  if (body.length !== size || (body.includes('N') && !noting)) return undefined;
  return { steps: stepsOf(body, random), lines: lines.map(lineOf) };
}

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
/** Lines as numbers: to `TASK`, `CALL` and `RUN` a name is added, and all names once more if it calls `note`. */
const [TASK, CALL, RUN, START, AWAIT, LOG, SLEEP] = [0, 10, 20, 30, 35, 40, 45] as const;
const KIND_OF = ['task', 'call', 'run'] as const;

function lineOf(line: number): Line {
  const name = NAMES[line % NAMES.length] as string;
  if (line >= SLEEP) return { do: 'sleep', seconds: line === SLEEP ? 0 : (SECONDS[line - SLEEP - 1] as number) };
  if (line >= LOG) return { do: 'log', text: `main${line - LOG}` };
  if (line >= START) return { do: line >= AWAIT ? 'await' : 'start', name };
  return { do: KIND_OF[floor(line / CALL)] as 'task', of: line % CALL < NAMES.length ? 'steps' : 'note', name };
}

/** The text with all longer sleeps alike: two programs that differ only in these are one for a learner. */
function formOf(draft: Draft): string {
  return textOf(draft).replaceAll(/sleep\(0\.\d\)/g, 'sleep(…)');
}

function numberOf(lines: readonly number[]): number {
  let hash = 0;
  for (const line of lines) hash = (imul(hash, 31) + (line > SLEEP ? SLEEP + 1 : line)) | 0;
  return (hash >>> 0) % KINDS;
}

/** How many kinds of bodies `steps` can have. */
const KINDS = 101;
const SIZES = [2, 3, 3, 3, 4] as const;

/** L prints a line, Z gives up a turn, S sleeps, N awaits `note`. No body ends with a pause, or pauses twice in a row. */
const BODIES: readonly string[] = bodies();

function bodies(): readonly string[] {
  const all: string[] = [];
  const longest = SIZES.at(-1) ?? 0;
  const grow = (body: string): void => {
    if (/[LN]$/.test(body)) all.push(body);
    if (body.length < longest) for (const next of 'LZSN') if (!/[ZS][ZS]/.test(body + next)) grow(body + next);
  };
  grow('');
  return all.sort((one, other) => one.length - other.length).slice(0, KINDS);
}

/** What `note` prints behind the name: another letter each time, so that no two lines of a body are alike. */
const NOTES = ['x', 'y', 'z', 'w'] as const;

function stepsOf(body: string, random: Random): readonly Step[] {
  let [logs, notes] = [0, 0];
  return [...body].map((kind): Step => {
    if (kind === 'L') return { do: 'log', text: String(++logs) };
    if (kind === 'N') return { do: 'run', text: NOTES[notes++] as string };
    return { do: 'sleep', seconds: kind === 'Z' ? 0 : random.of(SECONDS) };
  });
}

/** sfc32: small, the same on every machine, and of a period so long that the streams of two seeds never meet. */
class Random {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #count = 1;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    this.#b ^= floor(seed / 2 ** 32);
    for (let at = 0; at < 12; at++) this.below(1);
  }

  below(limit: number): number {
    const sum = (this.#a + this.#b + this.#count++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return floor(((sum >>> 0) / 2 ** 32) * limit);
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  shuffled<T>(all: readonly T[]): readonly T[] {
    const left = [...all];
    return all.map(() => left.splice(this.below(left.length), 1)[0] as T);
  }
}
