import { expect, test } from '@jest/globals';
import { parseArguments } from '../../kernel/arguments.ts';

test("the kernel's own options are read, wherever they stand", () => {
  expect(parseArguments(['--memory', '512', '--log=k.log', 'c.json', '--diagnostics', 'strict'])).toEqual({
    file: 'c.json',
    memoryLimit: 512,
    diagnostics: 'strict',
    language: true,
    compiler: undefined,
    logFile: 'k.log',
    unknown: [],
  });
  expect(parseArguments(['c.json', '--compiler', 'esbuild']).compiler).toBe('esbuild');
  expect(parseArguments(['c.json', '--language', 'off']).language).toBe(false);
  expect(parseArguments(['-f', 'c.json']).file).toBe('c.json');
  expect(parseArguments(['--file=c.json', 'other']).file).toBe('c.json');
});

test.each([
  [['--Kernel.x=y'], ['--Kernel.x=y']],
  [['--debug'], ['--debug']],
  [
    ['--log-level=10', '-v'],
    ['--log-level=10', '-v'],
  ],
  [
    ['--HistoryManager.enabled=False', 'word'],
    ['--HistoryManager.enabled=False', 'word'],
  ],
  [
    ['--IPKernelApp.log_level', '10'],
    ['--IPKernelApp.log_level', '10'],
  ],
])('what a client adds, %j, is passed over, before the connection file and after it', (added, unknown) => {
  for (const args of [
    ['/run/kernel-1.json', ...added],
    [...added, '/run/kernel-1.json'],
    [...added, '-f', '/run/kernel-1.json'],
  ]) {
    expect(parseArguments(args)).toMatchObject({ file: '/run/kernel-1.json', unknown });
  }
});

test.each([
  [[], 'a connection file was expected: node main.js'],
  [['--debug'], 'a connection file was expected'],
  [['c.json', '--memory'], '--memory needs a value'],
  [['c.json', '--compiler', 'tsc'], "--compiler expects in-place or esbuild, but found 'tsc'"],
  [['c.json', '--language', 'none'], "--language expects on or off, but found 'none'"],
  [['c.json', '--memory', 'lots'], '--memory should be a whole number of MiB, found lots'],
])('%j is refused in a sentence', (args, sentence) => {
  expect(() => parseArguments(args)).toThrow(sentence);
});
