// Two lists of lines as one: what left begins with -, what came with +, what stayed with a blank; far from any
// difference lines are left out.

import { styleText } from 'node:util';

const CONTEXT = 2;
/** Beyond this the table of the longest common subsequence is not worth its memory. */
const MOST_CELLS = 4_000_000;

/** The lines of the diff, joined. `same` says whether two lines count as equal. */
export function diff(
  before: readonly string[],
  after: readonly string[],
  same: (one: string, other: string) => boolean,
): string {
  let head = 0;
  while (head < before.length && head < after.length && same(before[head] as string, after[head] as string)) head++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - head;
  while (tail < shorter && same(before.at(-1 - tail) as string, after.at(-1 - tail) as string)) tail++;
  const middle = align(before.slice(head, before.length - tail), after.slice(head, after.length - tail), same);
  const kept = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  return contracted([...kept(before.slice(0, head)), ...middle, ...kept(before.slice(before.length - tail))]).join(
    '\n',
  );
}

/** A diff with colours: red for what left, green for what came. */
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
  // common[i][j]: the most lines that before[i…] and after[j…] share, in order.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const equal = same(before[i] as string, after[j] as string);
      (common[i] as Uint32Array)[j] = equal ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const both = i < before.length && j < after.length;
    if (both && same(before[i] as string, after[j] as string) && at(i, j) === at(i + 1, j + 1) + 1) {
      lines.push(`  ${before[i++]}`);
      j++;
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) lines.push(`- ${before[i++]}`);
    else lines.push(`+ ${after[j++]}`);
  }
  return lines;
}

/** Headings stay, so that a difference has a place; other lines only near one. */
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
  let left = 0;
  for (const [index, line] of lines.entries()) {
    if (!near.has(index)) left += 1;
    else {
      if (left > 0) result.push(`  (${left} more)`);
      left = 0;
      result.push(line);
    }
  }
  return left > 0 ? [...result, `  (${left} more)`] : result;
}
