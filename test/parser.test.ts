// The two ways from the parser to a tree. That no text ends the process is in test/compile/nesting.test.ts.

import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import type { ParserOptions } from 'oxc-parser';
import { loadParser, type ParsedText, parseEverythingHere, parseText } from '../runtime/parser.ts';
import { RUNS } from './compile/corpus.ts';

const ROOT = join(import.meta.dirname, '..');
/** All of it, as objects of one realm. */
const read = ({ program, module, comments, errors }: ParsedText) =>
  structuredClone({ program, module, comments, errors });
const OPTIONS: ParserOptions = { sourceType: 'module', astType: 'ts', showSemanticErrors: true };

test('a tree that is read from the parser’s memory is the one that comes as JSON', () => {
  const files = globSync('runtime/compile/*.ts', { cwd: ROOT });
  const texts = [...RUNS.flatMap(([, cells]) => cells), ...files.map((file) => readFileSync(join(ROOT, file), 'utf8'))];
  const odd = ['let é = "😀", x = 1n, y = /ü[/]/dv; // ☃', 'const = 1', '#!/bin/node\nawait 1', '<a b={1}>é</a>', ''];
  parseEverythingHere();
  for (const text of [...texts, ...odd]) {
    for (const file of ['cell.ts', 'cell.tsx']) {
      const [asJson, direct] = [loadParser().parseSync(file, text, OPTIONS), parseText(file, text, OPTIONS)].map(read);
      // What differs is compared again for its words: `expect` takes seconds for all these trees.
      if (!isDeepStrictEqual(direct, asJson)) expect(direct).toEqual(asJson);
    }
  }
});

const inLittleSpace = process.platform === 'linux' ? test : test.skip;
inLittleSpace('where few addresses may be reserved, the tree comes as JSON', () => {
  const program = `
    import { parseEverythingHere, parseText } from ${JSON.stringify(join(ROOT, 'runtime/parser.ts'))};
    parseEverythingHere();
    for (const text of ['1', '2']) console.log(parseText('a.ts', text).program.body[0].expression.value);`;
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', 'ulimit -v 4000000; exec "$@"', 'sh', ...node], {
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['1\n2\n', '']);
});
