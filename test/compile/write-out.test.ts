import { describe, expect, test } from '@jest/globals';
import MagicString from 'magic-string';
import { Edits } from '../../runtime/compile/edits.ts';
import { refine } from '../../runtime/compile/maps.ts';
import { SUFFIX } from '../../runtime/compile/suffix.ts';
import type { Use } from '../../runtime/compile/uses.ts';
import { writeOut } from '../../runtime/compile/write-out.ts';

const SOURCE = `import { a } from 'a';
  const list_1: number[] = [1, 2];\t// words, and more

function f<T>(x: T) { return x!; }
f(list_1).map(($y) => $y + 1);
`;
/** In the order of the text: of each use the suffix goes behind. */
const use = (name: string, from = 0): Use => {
  const start = SOURCE.indexOf(name, from);
  return { name, start, end: start + name.length, form: 'plain', written: false, later: false };
};

describe('the text that edits make', () => {
  test('is that of magic-string, and its map, refined, is as fine as one with a segment at each word', () => {
    let slices = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const edits = edited(new Edits(SOURCE), seed);
      const theirs = edited(new MagicString(SOURCE), seed);
      const { code, mappings } = writeOut(edits, SOURCE);
      expect([code, edits.toString()]).toEqual([theirs.toString(), theirs.toString()]);
      for (let start = 0; start < SOURCE.length; start += 11) {
        const part = sliceOf(theirs, start, start + 9);
        // Nor has it one of what stands apart since a move.
        if (part === undefined || SOURCE.slice(start - 1, start + 10).includes('\n')) continue;
        expect(edits.slice(start, start + 9)).toBe(part);
        slices += 1;
      }
      const fine = theirs.generateDecodedMap({ hires: 'boundary' }).mappings;
      expect(refine(mappings, code, SOURCE)).toEqual(fine);
    }
    expect(slices).toBeGreaterThan(1_000);
  });

  test('has a suffix behind each use, inside what was inserted there, and goes on at the right place behind it', () => {
    const edits = new Edits(SOURCE);
    const call = SOURCE.indexOf('f(list');
    edits.prependLeft(call + 1, '›');
    edits.move(SOURCE.indexOf('function'), SOURCE.indexOf('f(list') - 1, 0);
    const uses = [use('list_1', call), use('f(list_1)').start === call ? use('f', call) : use('f')];
    const { code, mappings } = writeOut(edits, SOURCE, uses);
    expect(code).toContain(`\nf${SUFFIX}›(list_1${SUFFIX}).map(`);
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.startsWith(`f${SUFFIX}`));
    const column = (lines[line] as string).indexOf('.map');
    const segments = refine(mappings, code, SOURCE)[line];
    expect(segments).toContainEqual([column, 0, 4, 'f(list_1)'.length]);
    expect(segments).toContainEqual([0, 0, 4, 0]);
  });
});

/** magic-string refuses a slice that begins or ends within what was replaced. */
function sliceOf(text: MagicString, start: number, end: number): string | undefined {
  try {
    return text.slice(start, end);
  } catch {
    return undefined;
  }
}

/** Some edits of the source. What is inserted has no character of it, so that no piece goes on in it by chance. */
function edited<Text extends Edits | MagicString>(edits: Text, seed: number): Text {
  let state = seed;
  const upTo = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const texts = ['‹', '«»', '‹\n', '\n›\n‹', ''];
  const text = () => texts[upTo(texts.length)] as string;
  edits.move(SOURCE.indexOf('function'), SOURCE.indexOf('f(list') - 1, 0);
  for (let start = upTo(9); start < SOURCE.length - 4; start += 6 + upTo(20)) {
    const end = start + 1 + upTo(3);
    const kind = upTo(4);
    // A range that is moved cannot be replaced together with what is not.
    if (kind === 0 && !SOURCE.slice(start - 1, end + 1).includes('\n')) edits.update(start, end, text() || '‹');
    if (kind === 1) edits.appendRight(start, text());
    if (kind === 2) edits.prependLeft(end, text());
    if (kind === 3) edits.appendLeft(start, text());
  }
  return edits;
}
