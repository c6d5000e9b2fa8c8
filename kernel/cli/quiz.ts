// `cokernel quiz [NUMBER]`: the lesson "Can you predict it?" in a terminal. Shows ten programs one after the other, reads
// a prediction of each, and gives the verdict.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { tenOf } from '../../runtime/quiz/generate.ts';
import { judge, scoreOf } from '../../runtime/quiz/judge.ts';
import { textOf } from '../../runtime/quiz/quiz-program.ts';

/** What a program's text alone does not say. The lesson says it too. */
const NOTES = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of a program
  "`${name}1` is a string with the name in it: for steps('a') it is a1.",
  'No two sleeps end at the same time.',
  'Each program is written so that all its tasks are done before it ends.',
] as const;

/** Asks for ten predictions on `input`, and resolves to the exit code: 0, or 1 if the input ended before that. */
export async function quiz(number: number, input: Readable, write: (text: string) => void): Promise<number> {
  const ten = tenOf(number);
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const answers: string[] = [];
  write(`Quiz ${number}: ten programs. Type what each prints, in order, such as: a1 main1 b1\n`);
  write(`\n${NOTES.map((note) => `${note}\n`).join('')}`);
  for (const [at, program] of ten.entries()) {
    write(`\nProgram ${at + 1} of ${ten.length}\n\n${textOf(program).replaceAll(/^/gm, '    ')}\n\n> `);
    const { value, done } = await lines.next();
    if (done) {
      write(`\nStopped after ${answers.length} of ${ten.length} programs.\n`);
      return 1;
    }
    answers.push(value);
  }
  const judged = judge(ten, answers);
  write(`\n${scoreOf(judged)}\n`);
  for (const { number: which, right, guess, program, broke } of judged) {
    if (right) continue;
    write(
      `\nProgram ${which}\n  you said    ${guess.join(' ') || '(nothing)'}\n  it printed  ${program.prints.join(' ')}\n`,
    );
    if (broke) write(`  Rule ${broke.number}: ${broke.says}\n  Read again: lesson ${broke.lesson}\n`);
  }
  write(`\nAnother ten: cokernel quiz ${number + 1}\n`);
  return 0;
}
