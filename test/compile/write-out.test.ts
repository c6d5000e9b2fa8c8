import { describe, expect, test } from '@jest/globals';
import MagicString from 'magic-string';
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
    for (let seed = 1; seed <= 300; seed++) {
      const edits = edited(seed);
      const { code, mappings } = writeOut(edits, SOURCE);
      expect(code).toBe(edits.toString());
      const fine = edits.generateDecodedMap({ hires: 'boundary' }).mappings;
      expect(refine(mappings, code, SOURCE)).toEqual(fine);
    }
  });

  test('has a suffix behind each use, inside what was inserted there, and goes on at the right place behind it', () => {
    const edits = new MagicString(SOURCE);
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

/** Some edits of the source. What is inserted has no character of it, so that no piece goes on in it by chance. */
function edited(seed: number): MagicString {
  let state = seed;
  const upTo = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const edits = new MagicString(SOURCE);
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
