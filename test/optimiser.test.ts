// Under which flags of V8 code is loaded. V8 refuses compiled code, Node's own included, under others than it was made
// with, and says nothing: the tag by which it tells is asked for instead.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { nodeFlags } from '../kernel/install/kernelspec.ts';

/** What a program prints, as JSON, run by a Node with those flags. */
function printed(program: string, flags: readonly string[] = []): unknown {
  const args = [...flags, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const TAG = 'import { cachedDataVersionTag as tag } from "node:v8";';

test('the flags of the kernelspec leave Node the compiled code that is built into it', () => {
  expect(printed(`${TAG} console.log(tag())`, nodeFlags)).toBe(printed(`${TAG} console.log(tag())`));
});

test('what is loaded while a kernel runs, and the compile cache at its end, meet the flags of the start', () => {
  const optimiser = JSON.stringify(join(import.meta.dirname, '../runtime/optimiser.ts'));
  const [start, running, loading, after, end] = printed(`${TAG}
    import { asAtStart, EARLY, setOwnFlags, setRunningFlags } from ${optimiser};
    const tags = [tag()];
    setRunningFlags(EARLY);
    tags.push(tag(), await asAtStart(async () => tag()), tag());
    setOwnFlags();
    console.log(JSON.stringify([...tags, tag()]));`) as number[];
  expect(running).not.toBe(start);
  expect({ loading, after, end }).toEqual({ loading: start, after: running, end: start });
});
