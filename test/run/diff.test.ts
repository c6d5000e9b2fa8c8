// The diff of a failed cell, and the matching of texts behind it.

import { expect, test } from '@jest/globals';
import type { CodeCell, Output } from '../../kernel/run/notebook/notebook.ts';
import { compareOutputs } from '../../kernel/run/test/compare.ts';
import { diff, painted } from '../../kernel/run/test/diff.ts';
import { textMatches } from '../../kernel/run/test/match.ts';
import { rulesOf } from '../../kernel/run/test/rules.ts';

const same = (one: string, other: string) => one === other;
const rules = (...tags: string[]) => rulesOf({ metadata: { tags } } as unknown as CodeCell);

test('removed, added and unchanged lines are marked; lines far from any difference are counted', () => {
  const before = ['[stdout]', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const after = ['[stdout]', 'a', 'b', 'c', 'd', 'e', 'x', 'g', 'h'];
  expect(diff(before, after, same).split('\n')).toEqual([
    '  [stdout]',
    '  (3 more)',
    '  d',
    '  e',
    '- f',
    '+ x',
    '  g',
    '+ h',
  ]);
});

test('a stored line of three dots matches any lines, so that only other differences stand out', () => {
  const told = (before: string, after: string) =>
    diff(before.split(''), after.split(''), same)
      .split('\n')
      .map((line) => line.replace(' ', ''))
      .join(',');
  const wild = (before: string, after: string) => diff(before.split(' '), after.split(' '), same).split('\n');
  expect(wild('a ... c d', 'a 1 2 c x')).toEqual(['  a', '  1', '  2', '  c', '- d', '+ x']);
  expect(wild('a ... c d', 'a c x')).toEqual(['  a', '  c', '- d', '+ x']);
  expect(wild('a ... c', 'b 1 c')).toEqual(['- a', '  b', '  1', '  c']);
  expect(wild('a ...', 'b 1 2')).toEqual(['- a', '  b', '  1', '  2']);
  expect(told('abcd', 'acxd')).toBe(' a,-b, c,+x, d');
});

test('in colour, removed lines are red, added ones green, and all others plain', () => {
  expect(painted('  [stdout]\n- a\n+ b\n  -')).toBe(
    '  [stdout]\n\u001b[31m- a\u001b[39m\n\u001b[32m+ b\u001b[39m\n  -',
  );
});

test('a missing end of the last line is reported', () => {
  const stream = (text: string): Output => ({ output_type: 'stream', name: 'stdout', text });
  expect(compareOutputs([stream('a\nb\n')], [stream('a\nc\n')], rules())).toBe('  [stdout]\n  a\n- b\n+ c');
  expect(compareOutputs([stream('a\n')], [stream('a')], rules())).toBe('  [stdout]\n  a\n+ (no end of line here)');
});

test('a huge difference is not aligned, because that takes quadratic time', () => {
  const lines = (letter: string) => Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`);
  expect(diff(lines('a'), lines('b'), same).split('\n')).toHaveLength(40_000);
});

test.each([
  ['a...c', 'abc', true],
  ['...', '', true],
  ['a...', 'a', true],
  ['a...b...c', 'a1b2b3c', true],
  ['a...b', 'a1c', false],
  ['aa...aa', 'aaa', false],
  ['...x...y...', 'yx', false],
  ['a...', 'a...', true],
])('%j as a pattern and %j: %j', (pattern, text, fits) => {
  expect(textMatches(pattern, text, rules())).toBe(fits);
});

test('a hostile pattern is matched at once', () => {
  expect(textMatches(`${'a...'.repeat(5_000)}b`, 'a'.repeat(100_000), rules())).toBe(false);
});

test.each([
  ['volatile', '1.5 s', '20 ms', true],
  ['volatile', '3 shops', '4 shops', false],
  ['volatile', '12:30:01.250', '7:05 PM', true],
  ['volatile', '2026-01-02', '2027-12-31', true],
  ['volatile', '0xdeadbeef', '0x1', true],
  ['volatile', 'http://127.0.0.1:40123/', 'http://127.0.0.1:1/', true],
  ['volatile:times', '0x1', '0x2', false],
  ['volatile:addresses', '1 s', '2 s', false],
  ['volatile:numbers', 'n = -1.5e3', 'n = 7', true],
  ['normalize', ' a\n\tb ', 'a b', true],
])('%s: %j and %j: %j', (tag, one, other, fits) => {
  expect(textMatches(one, other, rules(tag))).toBe(fits);
});
