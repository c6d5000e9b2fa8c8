// Judges the answers to a quiz: how many are right, and of each wrong one the rule that it broke and the lesson to reread.

import { decide } from './decide.ts';
import { same } from './generate.ts';
import { ranBy } from './machine.ts';
import { type Rule, rule } from './order-rules.ts';
import type { Program } from './quiz-program.ts';

/** One answer, judged. */
export interface Judged {
  /** The number of the program in its quiz, from 1. */
  readonly number: number;
  readonly program: Program;
  readonly guess: readonly string[];
  readonly right: boolean;
  /** The rule that decided the first wrong line; undefined if nothing was answered there, or what is never printed. */
  readonly broke: Rule | undefined;
}

/** The lines of an answer: an array, or one text with blanks, commas or line ends between them. */
export function linesOf(answer: string | readonly string[] | undefined): readonly string[] {
  const text = typeof answer === 'string' ? answer : (answer ?? []).join(' ');
  return text.split(/[\s,]+/).filter((line) => line !== '');
}

/** Judges an answer for each program; one that is missing is wrong. */
export function judge(ten: readonly Program[], answers: readonly (string | readonly string[])[]): readonly Judged[] {
  return ten.map((program, at) => {
    const guess = linesOf(answers[at]);
    const right = same(guess, program.prints);
    return {
      number: at + 1,
      program,
      guess,
      right,
      broke: right || guess.length === 0 ? undefined : brokenBy(program, guess),
    };
  });
}

/** `9 of 10`. */
export function scoreOf(judged: readonly Judged[]): string {
  return `${judged.filter(({ right }) => right).length} of ${judged.length}`;
}

/** The rule that decided the first line that is wrong: as `predict` names it. */
function brokenBy(program: Program, guess: readonly string[]): Rule | undefined {
  const decision = decide(guess, ranBy(program), firstDifference(program.prints, guess));
  return decision && rule(decision.rule);
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((text, index) => text !== other[index]);
  return at < 0 ? one.length : at;
}
