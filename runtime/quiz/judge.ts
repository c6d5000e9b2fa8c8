// Judges the answers to a quiz: how many are right, and of each wrong one the rule that it broke and the lesson to reread.

import { same } from './generate.ts';
import { outcomeOf } from './machine.ts';
import { RULES, type Rule } from './order-rules.ts';
import type { Program } from './quiz-program.ts';

/** One answer, judged. */
export interface Judged {
  /** The number of the program in its quiz, from 1. */
  readonly number: number;
  readonly program: Program;
  readonly guess: readonly string[];
  readonly right: boolean;
  /** The rule that a wrong answer broke; undefined if nothing was answered. */
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

/**
 * The rule that somebody breaks who believes what gives the answer. If no belief does, one that gives the first wrong
 * line, or else goes wrong at the same place or before.
 */
function brokenBy(program: Program, guess: readonly string[]): Rule | undefined {
  const at = firstDifference(program.prints, guess);
  const believed = RULES.flatMap((rule) =>
    rule.instead.map((belief) => ({ rule, prints: outcomeOf(program, belief).prints })),
  ).filter(({ prints }) => !same(prints, program.prints));
  const found =
    believed.find(({ prints }) => same(prints, guess)) ??
    believed.find(({ prints }) => firstDifference(program.prints, prints) === at && prints[at] === guess[at]) ??
    believed.findLast(({ prints }) => firstDifference(program.prints, prints) <= at) ??
    believed[0];
  return found?.rule;
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((text, index) => text !== other[index]);
  return at < 0 ? one.length : at;
}
