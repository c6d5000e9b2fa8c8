import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyPath } from '../../../kernel/history/location.ts';
import { createHistory, type History } from '../../../kernel/history/store.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-history-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = (line: string) => {
  throw new Error(`unexpected log line: ${line}`);
};

/** The session from which the answers below were recorded, with ipykernel 7.4. */
function fill(history: History): void {
  const cells: [string, string | undefined][] = [
    ['1+1', '2'],
    ['3', '3'],
    ['5', '5'],
    ['"x"', "'x'"],
    ['"x"', "'x'"],
    ['y=3', undefined],
  ];
  for (const [index, [source, output]] of cells.entries()) history.add({ line: index + 1, source, output });
}

test('tail, range and search answer as ipykernel does', async () => {
  const history = createHistory(':memory:', quiet);
  fill(history);
  const range = (session: number, start: number, stop?: number) =>
    history.range({ session, start, stop, output: false });
  const search = (pattern: string, n?: number, unique = false) => history.search({ pattern, n, unique, output: false });
  expect(await history.tail(3, false)).toEqual([
    [1, 4, '"x"'],
    [1, 5, '"x"'],
    [1, 6, 'y=3'],
  ]);
  const first = [
    [0, 1, '1+1'],
    [0, 2, '3'],
  ];
  expect(await range(0, 1, 3)).toEqual(first);
  expect(await range(1, 1, 3)).toEqual(first.map(([, ...line]) => [1, ...line]));
  expect(await range(0, -2)).toEqual([
    [0, 5, '"x"'],
    [0, 6, 'y=3'],
  ]);
  expect((await range(0, 1, -1)).map(([, line]) => line)).toEqual([1, 2, 3, 4, 5]);
  expect(await range(-1, 1, 3)).toEqual([]);
  expect(await range(99, 1, 3)).toEqual([]);
  expect(await search('*x*')).toEqual([
    [1, 4, '"x"'],
    [1, 5, '"x"'],
  ]);
  expect(await search('*x*', undefined, true)).toEqual([[1, 5, '"x"']]);
  expect(await search('*', 2)).toEqual([
    [1, 5, '"x"'],
    [1, 6, 'y=3'],
  ]);
  expect(await search('?')).toEqual([
    [1, 2, '3'],
    [1, 3, '5'],
  ]);
  expect((await search('*', 3, true)).map(([, line]) => line)).toEqual([3, 5, 6]);
  await history.close();
});

test('with output each source is paired with what it showed, or null', async () => {
  const history = createHistory(':memory:', quiet);
  fill(history);
  expect(await history.range({ session: 0, start: 5, stop: undefined, output: true })).toEqual([
    [0, 5, ['"x"', "'x'"]],
    [0, 6, ['y=3', null]],
  ]);
  expect(await history.tail(1, true)).toEqual([[1, 6, ['y=3', null]]]);
  history.add({ line: 7, source: 'big', output: 'x'.repeat(1_000_000) });
  const [[, , [, output]]] = (await history.tail(1, true)) as [[number, number, [string, string]]];
  expect(output).toHaveLength(10_001);
  await history.close();
});

test('a later session sees the earlier ones, also counted backwards', async () => {
  const path = join(folder, 'sessions.sqlite');
  for (const source of ['one', 'two']) {
    const history = createHistory(path, quiet);
    history.add({ line: 1, source, output: undefined });
    await history.close();
  }
  const history = createHistory(path, quiet);
  history.add({ line: 1, source: 'three', output: undefined });
  const back = (session: number) => history.range({ session, start: 1, stop: undefined, output: false });
  expect(await back(-1)).toEqual([[2, 1, 'two']]);
  expect(await back(1)).toEqual([[1, 1, 'one']]);
  expect((await history.tail(10, false)).map(([, , source]) => source)).toEqual(['one', 'two', 'three']);
  await history.close();
});

test('the lines of this session come last in the tail, even if another session began later', async () => {
  const path = join(folder, 'tail.sqlite');
  const older = createHistory(path, quiet);
  older.add({ line: 1, source: 'older', output: undefined });
  await older.tail(1, false);
  const newer = createHistory(path, quiet);
  newer.add({ line: 1, source: 'newer', output: undefined });
  await newer.tail(1, false);
  expect((await older.tail(2, false)).map(([, , source]) => source)).toEqual(['newer', 'older']);
  await Promise.all([older.close(), newer.close()]);
});

test('two processes that write at once lose nothing', async () => {
  const path = join(folder, 'two.sqlite');
  const store = join(import.meta.dirname, '..', '..', '..', 'kernel', 'history', 'store.ts');
  const program = join(folder, 'writer.mjs');
  writeFileSync(
    program,
    `import { createHistory } from ${JSON.stringify(store)};
    const history = createHistory(${JSON.stringify(path)}, (line) => { console.error(line); process.exitCode = 1; });
    for (let line = 1; line <= 300; line++) {
      history.add({ line, source: 'cell ' + line, output: String(line) });
      if (line % 10 === 0) await history.tail(1, true);
    }
    await history.close();`,
  );
  const run = () =>
    new Promise((resolve) => {
      spawn(process.execPath, [program], { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } }).on(
        'exit',
        resolve,
      );
    });
  expect(await Promise.all([run(), run()])).toEqual([0, 0]);
  const history = createHistory(path, quiet);
  expect(await history.search({ pattern: 'cell *', n: undefined, unique: false, output: false })).toHaveLength(600);
  await history.close();
}, 30_000);

test('a lock that another kernel holds for a long time delays writing and loses nothing', async () => {
  const path = join(folder, 'locked.sqlite');
  const history = createHistory(path, quiet);
  await history.tail(1, false);
  const { DatabaseSync } = await import('node:sqlite');
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  history.add({ line: 1, source: 'kept', output: undefined });
  expect(await history.tail(5, false)).toEqual([]);
  other.exec('COMMIT');
  other.close();
  expect((await history.tail(5, false)).map(([, , source]) => source)).toEqual(['kept']);
  await history.close();
});

test('if the file cannot be used, history is in memory and one log line says so', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, 'not a database, and long enough to be seen as none by SQLite when it opens it'.repeat(20));
  for (const path of [join(file, 'history.sqlite'), file]) {
    const log: string[] = [];
    const history = createHistory(path, (line) => log.push(line));
    fill(history);
    expect(await history.tail(1, false)).toEqual([[1, 6, 'y=3']]);
    await history.close();
    expect(log).toEqual([expect.stringMatching(/cannot be used .*kept in memory/)]);
  }
});

test('reading history prints no warning about SQLite', () => {
  const store = join(import.meta.dirname, '..', '..', '..', 'kernel', 'history', 'store.ts');
  const program = `const { createHistory } = await import(${JSON.stringify(store)});
    const h = createHistory(':memory:', console.error); await h.tail(1, false); await h.close();`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', `${program}`], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(String(out)).toBe('');
});

test("history is kept in Jupyter's data folder, unless COKERNEL_HISTORY names a file", () => {
  expect(historyPath({ COKERNEL_HISTORY: ':memory:' }, 'linux')).toBe(':memory:');
  expect(historyPath({ JUPYTER_DATA_DIR: '/data' }, 'linux')).toBe(join('/data', 'cokernel', 'history.sqlite'));
  expect(historyPath({ XDG_DATA_HOME: '/x' }, 'linux')).toBe(join('/x', 'jupyter', 'cokernel', 'history.sqlite'));
  expect(historyPath({ APPDATA: 'C' }, 'win32')).toBe(join('C', 'jupyter', 'cokernel', 'history.sqlite'));
  expect(historyPath({}, 'darwin')).toMatch(/Library.Jupyter.cokernel.history\.sqlite$/);
});

test('a path in a folder that cannot be made is given up at once', async () => {
  const log: string[] = [];
  // Making folders there by Node's own means never ends.
  const history = createHistory('/proc/nope/history.sqlite', (line) => log.push(line));
  fill(history);
  expect(await history.tail(1, false)).toEqual([[1, 6, 'y=3']]);
  await history.close();
  expect(log).toEqual([expect.stringMatching(/cannot be used .*kept in memory/)]);
});

test('a lock that is never released does not delay the end, and the log says what was not written', async () => {
  const path = join(folder, 'stuck.sqlite');
  const log: string[] = [];
  const history = createHistory(path, (line) => log.push(line));
  await history.tail(1, false);
  const { DatabaseSync } = await import('node:sqlite');
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  history.add({ line: 1, source: 'lost', output: undefined });
  const before = performance.now();
  await history.close();
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(log).toEqual([`history: 1 lines were not written, because ${path} stayed locked`]);
  other.close();
});

test('a lock that is there from the beginning does not delay the end either', async () => {
  const path = join(folder, 'stuck-from-the-beginning.sqlite');
  const { DatabaseSync } = await import('node:sqlite');
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  const log: string[] = [];
  const history = createHistory(path, (line) => log.push(line));
  history.add({ line: 1, source: 'lost', output: undefined });
  const before = performance.now();
  await history.close();
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(log).toEqual([`history: 1 lines were not written, because ${path} stayed locked`]);
  other.close();
});

test('a failure that is not a lock is not tried again: history goes on in memory, and one log line says so', async () => {
  const path = join(folder, 'broken.sqlite');
  const log: string[] = [];
  const history = createHistory(path, (line) => log.push(line));
  await history.tail(1, false);
  const { DatabaseSync } = await import('node:sqlite');
  const other = new DatabaseSync(path);
  other.exec('DROP TABLE history');
  other.close();
  fill(history);
  expect(await history.tail(1, false)).toEqual([[1, 6, 'y=3']]);
  await history.close();
  expect(log).toEqual([
    expect.stringMatching(/cannot be written any more \(.*history.*\); kept in memory from here on/),
  ]);
});

// Windows has no such modes.
(process.platform === 'win32' ? test.skip : test).each([0o000, 0o077])(
  'whatever the umask is (%o), only its owner may read the file',
  async (mask) => {
    const path = join(folder, `private-${mask}`, 'history.sqlite');
    const before = process.umask(mask);
    try {
      const history = createHistory(path, quiet);
      fill(history);
      await history.tail(1, false);
      for (const name of readdirSync(dirname(path))) {
        expect([name, statSync(join(dirname(path), name)).mode & 0o777]).toEqual([name, 0o600]);
      }
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
      await history.close();
    } finally {
      process.umask(before);
    }
  },
);

(process.platform === 'win32' ? test.skip : test)('a history that others could read becomes private', async () => {
  const path = join(folder, 'open.sqlite');
  writeFileSync(path, '', { mode: 0o644 });
  const history = createHistory(path, quiet);
  await history.tail(1, false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await history.close();
});
