// Code frames: the right place under any line.

import { expect, test } from '@jest/globals';
import { codeFrame, syntaxErrorReport } from '../../runtime/compile/code-frame.ts';

test('two lines around, the line marked, a caret under the column', () => {
  expect(codeFrame('a\nb\nc d\ne\nf\ng', 3, 3)).toEqual([
    '  1 | a',
    '  2 | b',
    '> 3 | c d',
    '    |   ^',
    '  4 | e',
    '  5 | f',
  ]);
});

test('numbers are aligned, and a length is underlined', () => {
  const source = Array.from({ length: 12 }, (_, index) => `line${index + 1}`).join('\r\n');
  expect(codeFrame(source, 10, 1, { length: 6, around: 1 })).toEqual([
    '   9 | line9',
    '> 10 | line10',
    '     | ^^^^^^',
    '  11 | line11',
  ]);
});

test('tabs, wide characters and emoji before the caret', () => {
  expect(codeFrame('\tx', 1, 2)).toEqual(['> 1 |   x', '    |   ^']);
  expect(codeFrame('世界x', 1, 3)).toEqual(['> 1 | 世界x', '    |     ^']);
  expect(codeFrame('"👩‍👧😀"x', 1, '"👩‍👧😀"'.length + 1)[1]).toBe('    |       ^');
});

test('the end of a line, and beyond it', () => {
  expect(codeFrame('ab', 1, 3)[1]).toBe('    |   ^');
  expect(codeFrame('ab', 1, 99)[1]).toBe('    |   ^');
  expect(codeFrame('', 1, 1)).toEqual(['> 1 |', '    | ^']);
});

test('a very long line is cut around the place, without splitting a character', () => {
  const source = `${'😀'.repeat(5_000)}HERE${'b'.repeat(5_000)}`;
  const [line = '', caret = ''] = codeFrame(source, 1, 10_001, { length: 4 });
  expect(line).toMatch(/^> 1 \| ….*HERE.*…$/);
  expect(line.isWellFormed()).toBe(true);
  expect(line.length).toBeLessThan(140);
  expect(caret).toMatch(/\^{4}$/);
});

test('a place outside the source has no frame', () => {
  expect(codeFrame('a', 2, 1)).toEqual([]);
  expect(codeFrame('a', 0, 1)).toEqual([]);
  expect(codeFrame('a', Number.NaN, 1)).toEqual([]);
});

test('a syntax error names the cell, and shows its line in colour', () => {
  const report = syntaxErrorReport({ message: 'Unexpected token', line: 2, column: 5 }, 'let a\nlet ]', 'Cell [7]');
  expect(report.ename).toBe('SyntaxError');
  expect(report.evalue).toBe('Unexpected token (Cell [7]:2:5)');
  const text = report.traceback.join('\n');
  expect(text).toContain('\x1b[31mSyntaxError\x1b[39m: Unexpected token\n');
  expect(text).toMatch(/let \][\s\S]*\^[\s\S]*at .*Cell \[7\]:2:5/);
});
