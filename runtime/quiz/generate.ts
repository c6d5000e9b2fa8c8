// A program of the quiz from a seed: ten lines at most, four to eight of them printed, graded by the number of rules that
// decide it. The same seed always gives the same program.

import { type Outcome, outcomeOf } from './machine.ts';
import { RULES } from './order-rules.ts';
import { type Called, type Draft, type Line, type Program, type Step, textOf } from './quiz-program.ts';

// Taken once: in a context of its own, as tests and cells run in, each look at the global object takes long.
const { floor, imul } = Math;

/** How many rules decide a program of each grade: at least, and at most. */
const GRADES: readonly (readonly [least: number, most: number])[] = [
  [1, 3],
  [4, 4],
  [5, RULES.length],
];
/** The grades of ten programs in a row. */
/** The rules that are often among the one or two that decide a program. */
const OFTEN_ALONE = [1, 2, 3, 5, 7] as const;
const LADDER = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3] as const;

const MOST_LINES = 10;
const [LEAST_PRINTS, MOST_PRINTS] = [4, 8];
const SECONDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** After so many drafts any rules will do that are of the grade. */
const PATIENT = 40_000;

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
    const ten: Program[] = [];
    for (const grade of LADDER) ten.push(next(number, grade, ten));
    latest = { number, ten };
  }
  return latest.ten;
}

/** One more program of a quiz, other than those before it. */
function next(number: number, grade: number, before: readonly Program[]): Program {
  const seed = number * LADDER.length + before.length;
  const random = new Random(seed);
  const [least, most] = GRADES[grade - 1] as readonly [number, number];
  // Each rule gets its share: this one has to be among those that decide the program.
  const wanted = random.of(grade === 1 ? OFTEN_ALONE : RULES.map((rule) => rule.number));
  const forms = new Set(before.map(formOf));
  for (let tries = 0; ; ) {
    const draft = draw(random, number % KINDS);
    if (draft === undefined) continue;
    if (!tenLines(draft)) continue;
    tries++;
    const outcome = outcomeOf(draft);
    if (!readable(draft, outcome)) continue;
    const rules = deciding(draft, outcome.prints);
    if (rules.length < least || rules.length > most || (tries < PATIENT && !rules.includes(wanted))) continue;
    if (forms.has(formOf(draft))) continue;
    return { seed, grade, rules, ...draft, prints: outcome.prints };
  }
}

/** Whether it has all its lines: a draft may have left room for a `note` that it does not use. */
function tenLines({ steps, lines }: Draft): boolean {
  const uses = (called: Called) => lines.some((line) => 'of' in line && line.of === called);
  if (!uses('steps')) return false;
  const noted = uses('note') || steps.some(({ do: kind }) => kind === 'run');
  return (noted ? 1 : 0) + 2 + steps.length + lines.length === MOST_LINES;
}

/** The rules without which the program would print something else. */
function deciding(draft: Draft, prints: readonly string[]): readonly number[] {
  return RULES.map(({ number }) => number).filter((number) => !same(outcomeOf(draft, number).prints, prints));
}

/** True if two lists have the same texts. */
export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}

function readable(draft: Draft, { prints, sound }: Outcome): boolean {
  if (!sound || prints.length < LEAST_PRINTS || prints.length > MOST_PRINTS) return false;
  return !same(prints, fromTopToBottom(draft));
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
  const lines: Line[] = [];
  const names = ['a', 'b', 'c', 'd', 'e'];
  /** Objects that nobody has begun, tasks that nobody awaits yet, and all tasks. */
  const objects: string[] = [];
  const tasks: string[] = [];
  const begun: string[] = [];
  const taken = (from: string[]): string => from.splice(random.below(from.length), 1)[0] as string;
  const named = (kind: 'task' | 'call' | 'run', into: readonly string[][]): void => {
    const name = names.shift();
    if (name === undefined) return;
    lines.push({ do: kind, of: noting && random.below(3) === 0 ? 'note' : 'steps', name });
    for (const list of into) list.push(name);
  };
  let logs = 0;
  // Most tasks are awaited by the end, or the program would leave some of them over.
  const due = random.below(4) === 0 ? [] : tasks;
  while (lines.length + objects.length + due.length < room) {
    const kind = random.below(16);
    if (kind < 4 && lines.length + objects.length + due.length + 1 < room) named('task', [tasks, begun]);
    else if (kind === 4 && lines.length + objects.length + due.length + 1 < room) named('call', [objects]);
    else if (kind < 7) named('run', []);
    else if (kind === 7 && objects.length > 0) {
      const name = taken(objects);
      lines.push({ do: 'start', name });
    } else if (kind === 8 && objects.length > 0) lines.push({ do: 'await', name: taken(objects) });
    else if (kind < 11 && tasks.length > 0) lines.push({ do: 'await', name: taken(tasks) });
    else if (kind === 11 && begun.length > 0) lines.push({ do: 'await', name: random.of(begun) });
    else if (kind === 12) lines.push({ do: 'sleep', seconds: 0 });
    else if (kind === 13) lines.push({ do: 'sleep', seconds: random.of(SECONDS) });
    else if (kind > 13 && logs < 4) lines.push({ do: 'log', text: `main${++logs}` });
  }
  while (objects.length > 0) lines.push({ do: 'await', name: taken(objects) });
  while (due.length > 0) lines.push({ do: 'await', name: taken(due) });
  const body = BODIES[(share + KINDS - numberOf(lines)) % KINDS] as string;
  if (body.length !== size || (body.includes('N') && !noting)) return undefined;
  return { steps: stepsOf(body, random), lines };
}

/** The text with all longer sleeps alike: two programs that differ only in these are one for a learner. */
function formOf(draft: Draft): string {
  return textOf(draft).replaceAll(/sleep\(0\.\d\)/g, 'sleep(…)');
}

function numberOf(lines: readonly Line[]): number {
  let hash = 0;
  for (const line of lines) {
    hash = hashOf(hash, line.do);
    if ('name' in line) hash = hashOf(hash, line.name);
    if ('of' in line) hash = hashOf(hash, line.of);
    hash = (imul(hash, 31) + ('seconds' in line && line.seconds > 0 ? 1 : 0)) | 0;
  }
  return (hash >>> 0) % KINDS;
}

/** Goes on with a hash. Most drafts of a quiz are thrown away by theirs, so no text is put together for it. */
function hashOf(before: number, text: string): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) hash = (imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** How many kinds of bodies `steps` can have. */
const KINDS = 101;
const SIZES = [1, 2, 2, 3, 3, 3, 4] as const;

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
}
