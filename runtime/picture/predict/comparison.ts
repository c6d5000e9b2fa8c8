// A prediction beside what was printed: the rows, the verdict and the reason, in words. How they look is in
// prediction-page.ts.

import type { Decision } from '../../quiz/decide.ts';
import { rule } from '../../quiz/order-rules.ts';
import type { Line } from './printed-line.ts';

/** What is compared. */
export interface Compared {
  readonly guess: readonly string[];
  readonly lines: readonly Line[];
  /** The index of the first line that differs; -1 if none does. */
  readonly difference: number;
  readonly right: boolean;
  readonly decision: Decision | undefined;
  readonly trace: { readonly error: unknown };
}

/** A row of the comparison. What stands below the first difference is neither right nor wrong: it follows from it. */
export interface Row {
  readonly sign: '✓' | '✗' | '';
  readonly guess: string;
  readonly text: string;
  readonly line: Line | undefined;
}

/** The rows of the comparison. */
export function rowsOf({ guess, lines, difference }: Compared): readonly Row[] {
  return Array.from({ length: Math.max(guess.length, lines.length) }, (_, at) => ({
    sign: at === difference ? '✗' : difference < 0 || at < difference ? '✓' : '',
    guess: guess[at] ?? '–',
    text: lines[at]?.text ?? '–',
    line: lines[at],
  }));
}

/** The verdict in one sentence. */
export function verdictOf({ lines, guess, difference, right }: Compared): string {
  const all = lines.length === 1 ? 'the one line is' : `all ${lines.length} lines are`;
  if (right) return `Right: ${all} as you predicted.`;
  if (difference >= lines.length) return `Nothing more was printed after line ${lines.length}.`;
  if (difference >= guess.length)
    return `Right as far as it goes, but one more line was printed: line ${difference + 1}.`;
  return difference === 0
    ? 'Not yet: it differs from the first line on.'
    : `Right up to line ${difference}. Line ${difference + 1} is different.`;
}

/** What decided the first difference: the rule, and what happened. Or that no rule did. */
export function reasonsOf(compared: Compared): readonly string[] {
  const { decision, difference, trace } = compared;
  const failed = trace.error instanceof Error ? [`The run ended with ${trace.error.name}: ${trace.error.message}`] : [];
  if (decision === undefined) return [...notPrinted(compared), ...failed];
  return [
    `Line ${difference + 1}: ${decision.because}`,
    `Rule ${decision.rule}: ${rule(decision.rule).says}`,
    ...failed,
  ];
}

/** Says that the predicted line was not printed, there or later. Then no rule about the order decided. */
function notPrinted({ guess, lines, difference }: Compared): readonly string[] {
  const [wanted, printed] = [guess[difference], lines[difference]];
  if (wanted === undefined || printed === undefined) return [];
  const how = lines.slice(0, difference).some(({ text }) => text === wanted) ? 'not printed again' : 'never printed';
  return [`Line ${difference + 1}: “${wanted}” was ${how}. The rules are about the order only.`];
}

/** Prediction and run side by side, as text. */
export function textOf(compared: Compared): string {
  const rows = rowsOf(compared).map(({ sign, guess, text }) => [sign, guess, text] as const);
  const width = Math.max('predicted'.length, ...rows.map(([, guess]) => guess.length));
  const table = [['', 'predicted', 'printed'] as const, ...rows].map(([sign, guess, text]) =>
    `${sign.padEnd(2)}${guess.padEnd(width + 2)}${text}`.trimEnd(),
  );
  return [verdictOf(compared), ...table, ...reasonsOf(compared)].join('\n');
}
