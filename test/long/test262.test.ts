// Test262's tests of the language as cells: whatever passes in Node passes as a cell, but for what is listed with its
// reason. Only where TEST262 names a checkout of github.com/tc39/test262; TEST262_EVERY=40 takes one test in forty.

import { globSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { expect, test } from '@jest/globals';
import { parseEverythingHere } from '../../runtime/parser.ts';
import { asCell, inNode, isForCells, readTest } from './test262.ts';
import { DIFFERENCES, differenceOf } from './test262-differences.ts';

const root = process.env.TEST262;
const EVERY = Number(process.env.TEST262_EVERY ?? 1);
const HOUR = 3_600_000;
const ignore = (): void => {};

/** Some tests leave promises rejected, at which Jest minds. Its `process` is a copy, with listeners of its own. */
function ignoreRejections(): Disposable {
  const real = vm.runInThisContext('process') as typeof process;
  const listeners = real.listeners('unhandledRejection');
  real.removeAllListeners('unhandledRejection').on('unhandledRejection', ignore);
  return {
    [Symbol.dispose]() {
      real.off('unhandledRejection', ignore);
      for (const listener of listeners) real.on('unhandledRejection', listener);
    },
  };
}

(root === undefined ? test.skip : test)(
  'what passes in Node passes as a cell',
  async () => {
    parseEverythingHere();
    using _ = ignoreRejections();
    const paths = globSync('**/*.js', { cwd: join(root as string, 'test', 'language') }).sort();
    const unexplained: string[] = [];
    const seen = new Map(DIFFERENCES.map((difference) => [difference, 0]));
    let [cells, passed] = [0, 0];
    for (let at = 0; at < paths.length; at += EVERY) {
      const one = readTest(root as string, paths[at] as string);
      if (!isForCells(one)) continue;
      const wrong = await asCell(root as string, one);
      cells += 1;
      if (wrong === undefined) passed += 1;
      if (wrong === undefined || (await inNode(root as string, one)) !== undefined) continue;
      const difference = differenceOf(one.path, wrong);
      if (difference) seen.set(difference, (seen.get(difference) ?? 0) + 1);
      else unexplained.push(`${one.path}: ${wrong}`);
    }
    // Node tells of what the last test left rejected before its next turn.
    await new Promise((resolve) => setImmediate(resolve));
    const counts = [...seen].map(([{ reason }, count]) => `${String(count).padStart(7)} ${reason}`).join('\n');
    process.stdout.write(`${cells} tests, ${passed} pass as cells; those that pass in Node alone:\n${counts}\n`);
    expect(unexplained).toEqual([]);
    // A reason that explains nothing any more is to go.
    if (EVERY === 1) expect([...seen].filter(([, count]) => count === 0)).toEqual([]);
  },
  HOUR,
);
