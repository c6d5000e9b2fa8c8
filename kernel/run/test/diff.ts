// Merges two lists of lines into a diff: removed lines begin with -, added ones with +, unchanged ones with a blank.
// Lines far from any difference are left out.

import { styleText } from 'node:util';

const CONTEXT = 2;
/** Beyond this size the table of the longest common subsequence takes too much memory. */
const MOST_CELLS = 1_000_000;

/** A line of `before` that matches any number of lines of `after`. */
const WILD = '...';

/**
 * The lines of the diff, joined. `same` says whether two lines count as equal; a line `...` of `before` matches any.
 */
export function diff(
  before: readonly string[],
  after: readonly string[],
  same: (one: string, other: string) => boolean,
): string {
  const equal = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== WILD && same(one, other);
  let head = 0;
  while (equal(before[head], after[head])) head++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - head;
  while (tail < shorter && equal(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const middle = align(before.slice(head, before.length - tail), after.slice(head, after.length - tail), same);
  const kept = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return contracted([...kept(before.slice(0, head)), ...middle, ...kept(before.slice(before.length - tail))]).join(
    '\n',
  );
}

/** A diff with colours: red for removed lines, green for added ones. */
export function painted(lines: string): string {
  return lines.replace(/^([-+] ).*$/gm, (line, sign) =>
    styleText(sign === '- ' ? 'red' : 'green', line, { validateStream: false }),
  );
}

function align(
  before: readonly string[],
  after: readonly string[],
  same: (one: string, other: string) => boolean,
): string[] {
  if (before.length * after.length > MOST_CELLS)
    return [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)];
  // common[i][j]: the highest worth of an alignment of before[i…] and after[j…].
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  const steps = (i: number, j: number): readonly Step[] => {
    const [one, other] = [before[i], after[j]];
    if (one === undefined || other === undefined)
      return one === undefined ? ['came'] : [one === WILD ? 'over' : 'left'];
    if (one === WILD) return ['over', 'wild'];
    return same(one, other) ? ['stayed', 'left', 'came'] : ['left', 'came'];
  };
  const worth = (step: Step, i: number, j: number) => at(i + moves[step][0], j + moves[step][1]) + moves[step][2];
  const best = (i: number, j: number) =>
    steps(i, j).reduce((found, step) => (worth(step, i, j) > worth(found, i, j) ? step : found));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) (common[i] as Uint32Array)[j] = worth(best(i, j), i, j);
  }
  const lines: string[] = [];
  for (let [i, j] = [0, 0]; i < before.length || j < after.length; ) {
    const step = best(i, j);
    if (step !== 'over') lines.push(`${signs[step]} ${step === 'came' || step === 'wild' ? after[j] : before[i]}`);
    i += moves[step][0];
    j += moves[step][1];
  }
  return lines;
}

/** `wild`: `...` matches this line; `over`: it matches no more lines. */
type Step = 'stayed' | 'left' | 'came' | 'wild' | 'over';

/** How many lines a step takes of `before` and `after`, and its worth: how many of them find a counterpart. */
const moves: Readonly<Record<Step, readonly [number, number, number]>> = {
  stayed: [1, 1, 2],
  left: [1, 0, 0],
  came: [0, 1, 0],
  wild: [0, 1, 1],
  over: [1, 0, 0],
};
const signs: Readonly<Record<Exclude<Step, 'over'>, string>> = { stayed: ' ', left: '-', came: '+', wild: ' ' };

/** Keeps headings, which say where a difference is; of the other lines, those near a difference. */
function contracted(lines: readonly string[]): string[] {
  const near = new Set<number>();
  let heading = 0;
  for (const [index, line] of lines.entries()) {
    if (/^ {2}\[/.test(line)) heading = index;
    if (line.startsWith('  ')) continue;
    for (let other = index - CONTEXT; other <= index + CONTEXT; other++) near.add(other);
    near.add(heading);
  }
  const result: string[] = [];
  let left: string[] = [];
  const flush = () => {
    // A single line is shown rather than counted.
    if (left.length > 0) result.push(left.length === 1 ? (left[0] as string) : `  (${left.length} more)`);
    left = [];
  };
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) {
      flush();
      result.push(line);
    } else left.push(line);
  }
  flush();
  return result;
}
