// The quiz in a notebook: ten programs to predict, and the verdict. runtime/quiz makes the programs and judges.

import { tenOf } from '../../quiz/generate.ts';
import { type Judged, judge, scoreOf } from '../../quiz/judge.ts';
import { type Program, textOf } from '../../quiz/quiz-program.ts';
import { quizHtml, unanswered, verdictHtml, wrongIn } from './quiz-page.ts';

/** Ten programs, from easy to hard; shows itself. */
export class Quiz {
  /** The number that the quiz was made from: another one gives another ten. */
  readonly number: number;
  /** The programs. What they print is part of them, so look only after you have predicted. */
  readonly programs: readonly Program[];

  /** @internal */
  constructor(number: number) {
    this.number = number;
    this.programs = tenOf(number);
  }

  /**
   * Judges your predictions, one for each program: a text such as `'a1 main1 b1'`, or an array of lines.
   * @throws TypeError unless it is an array
   */
  verdict(answers: readonly (string | readonly string[])[]): Verdict {
    if (!Array.isArray(answers))
      throw new TypeError("verdict: an array with a prediction for each program was expected: ['a1 main1', …]");
    return new Verdict(judge(this.programs, answers));
  }

  toString(): string {
    return this.programs.map((program, at) => `Program ${at + 1}\n\n${textOf(program)}`).join('\n\n\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/html': quizHtml(this.programs), 'text/plain': this.toString() };
  }
}

/** How many predictions are right, and which rule each wrong one broke; shows itself. */
export class Verdict {
  readonly judged: readonly Judged[];

  /** @internal */
  constructor(judged: readonly Judged[]) {
    this.judged = judged;
  }

  /** `9 of 10`. */
  get score(): string {
    return scoreOf(this.judged);
  }

  toString(): string {
    const wrong = wrongIn(this.judged).flatMap(({ number, guess, program, broke }) => [
      `\nProgram ${number}\n  you said    ${guess.join(' ')}\n  it printed  ${program.prints.join(' ')}`,
      ...(broke ? [`  Rule ${broke.number}: ${broke.says}\n  Read again: lesson ${broke.lesson}`] : []),
    ]);
    const open = unanswered(this.judged);
    return [this.score, ...wrong, ...(open === '' ? [] : [`\n${open}`])].join('\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/html': verdictHtml(this.judged, this.score), 'text/plain': this.toString() };
  }
}

/** The ten programs of a quiz. @throws RangeError unless the number is a whole number from 0 */
export function quiz(number: number): Quiz {
  return new Quiz(number);
}
