// The language server misbehaves: it is missing, ends, or hangs, and the notebook goes on.

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { findServer } from '../../kernel/language/binary.ts';
import { openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;

afterEach(() => notebook?.end());

const keys = { keys: [{ name: 'alive', kind: 'instance' }] };

/** A program that stands in for the server; a shell script, so not on Windows. */
function program(script: string): string {
  const file = path.join(notebook.directory, 'server.sh');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function withProgram(script: string): Promise<void> {
  notebook = openNotebook();
  const file = program(script);
  const { directory } = notebook;
  notebook = { ...openNotebook({ program: file, hang: 500 }), directory };
  notebook.live.set('', keys);
}

/** A clock of minutes that stands until a test moves it. */
function createClock() {
  let now = 0;
  const planned = new Map<() => void, number>();
  return {
    later(call: () => void, milliseconds: number) {
      planned.set(call, now + milliseconds);
      return () => void planned.delete(call);
    },
    pass(minutes: number) {
      now += minutes * 60_000;
      for (const [call, due] of planned) if (due <= now && planned.delete(call)) call();
    },
  };
}

/** Asks until the server answers again; each answer comes at once. */
async function untilBack(): Promise<readonly string[]> {
  for (let tries = 0; tries < 300; tries++) {
    const { matches } = await notebook.complete('remembered.toF‸');
    if (matches.includes('toFixed')) return matches;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [];
}

test('a missing server is logged once, and live names replace it', async () => {
  notebook = openNotebook({ program: '/nowhere/tsc' });
  notebook.live.set('', keys);
  for (let asked = 0; asked < 3; asked++) expect((await notebook.complete('ali‸')).matches).toEqual(['alive']);
  expect(await notebook.run('const text: string = 1;')).toEqual([]);
  expect((await notebook.inspect('alive‸')).found).toBe(false);
  expect(notebook.log).toHaveLength(1);
  expect(notebook.log[0]).toMatch(/language server did not start \(.*ENOENT\)/);
});

test.each([
  ['ends at once', 'exit 3', /did not start/],
  ['says nonsense', 'echo nonsense; exec sleep 60', /did not start/],
  ['says nothing', 'exec sleep 60', /no answer within 500 ms/],
])('a server that %s is noted once', async (_, script, note) => {
  await withProgram(script);
  expect((await notebook.complete('ali‸')).matches).toEqual(['alive']);
  expect((await notebook.complete('ali‸')).matches).toEqual(['alive']);
  expect(notebook.log).toEqual([expect.stringMatching(note)]);
});

test('a server that was killed is started again, and knows the cells that ran', async () => {
  notebook = openNotebook();
  await notebook.run('const remembered = 1;');
  expect((await notebook.complete('remembered.toF‸')).matches).toEqual(['toFixed']);
  process.kill(notebook.language.pid as number, 'SIGKILL');
  notebook.live.set('remembered', keys);
  expect(await untilBack()).toEqual(['toFixed']);
  expect(notebook.log).toEqual([expect.stringMatching(/ended with SIGKILL; completion falls back/)]);
});

test('a server that hangs is replaced by live names within 200 ms, ended, and started again', async () => {
  notebook = openNotebook({ hang: 2000, patience: 200 });
  await notebook.run('const remembered = 1;');
  expect(await untilBack()).toEqual(['toFixed']);
  notebook.live.set('remembered', keys);
  process.kill(notebook.language.pid as number, 'SIGSTOP');
  expect((await notebook.complete('remembered.ali‸')).matches).toEqual(['alive']);
  expect(await untilBack()).toEqual(['toFixed']);
  expect(notebook.log).toEqual([expect.stringMatching(/does not answer; completion falls back/)]);
});

test('after ten minutes without a question the server ends; the next one starts it, and finds the cells that ran', async () => {
  const clock = createClock();
  notebook = openNotebook({ later: clock.later });
  await notebook.run('const remembered = 1;');
  clock.pass(9);
  expect((await notebook.complete('remembered.toF‸')).matches).toEqual(['toFixed']);
  const { pid } = notebook.language;
  clock.pass(9);
  expect(notebook.language.pid).toBe(pid);
  clock.pass(1);
  expect(notebook.language.pid).toBeUndefined();
  await notebook.run('const later = remembered;');
  expect((await notebook.complete('later.toF‸')).matches).toEqual(['toFixed']);
  expect(() => process.kill(pid as number, 0)).toThrow();
  expect(notebook.log).toEqual([]);
});

test('a cell that nobody checks neither starts the server nor keeps it', async () => {
  const clock = createClock();
  notebook = openNotebook({ later: clock.later, mode: 'off' });
  await notebook.run('const remembered = 1;');
  expect(notebook.language.pid).toBeUndefined();
  expect((await notebook.complete('remembered.toF‸')).matches).toEqual(['toFixed']);
  clock.pass(9);
  await notebook.run('const other = 1;');
  clock.pass(1);
  expect(notebook.language.pid).toBeUndefined();
});

test('closing ends the server, even one that was only starting', async () => {
  notebook = openNotebook();
  await notebook.complete('‸');
  const { pid } = notebook.language;
  await notebook.language.close();
  expect(() => process.kill(pid as number, 0)).toThrow();
  const starting = openNotebook();
  void starting.complete('‸');
  await starting.end();
  expect(starting.language.pid).toBeUndefined();
});

test('on a platform without TypeScript’s program the error says what to install', () => {
  expect(() => findServer('plan9', 'z80')).toThrow(/Install @typescript\/typescript-plan9-z80/);
});
