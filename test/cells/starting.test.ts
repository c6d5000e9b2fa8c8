// Where a process cannot be started, whoever waits for it hears why.

import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** Uses up all descriptors, then has a cell process and a compile process started. */
const PROGRAM = `
  import { openSync, writeSync } from 'node:fs';
  const [spawn, compile] = process.argv.slice(1);
  const { spawnCell } = await import(spawn);
  const { runTask } = await import(compile);
  try { for (;;) openSync('/dev/null'); } catch {}
  const log = () => {};
  const options = { main: new URL(spawn), directory: '/', memoryLimit: 100, log };
  const ended = ({ failure }) => writeSync(1, 'cell: ' + failure.code + '\\n');
  const child = spawnCell(options, '', { event: log, watcher: log, descriptor: log, unreadable: log, ended });
  child.request({ type: 'shutdown' });
  child.kill();
  await child.gone;
  for (const text of ['a;', 'b;']) {
    const needs = { path: '/a.ts', tsconfig: undefined };
    await runTask('module', text.repeat(20_000), needs).catch((error) => writeSync(1, 'text: ' + error.message + '\\n'));
  }
`;

(process.platform === 'win32' ? test.skip : test)(
  'without a file descriptor left, the end of a cell process is told, and each long text has an error',
  () => {
    const modules = ['process/spawn.ts', 'compile/compile-process.ts'].map((path) =>
      import.meta.resolve(`../../kernel/${path}`),
    );
    const node = [process.execPath, '--input-type=module', '-e', PROGRAM, ...modules];
    const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...node], { encoding: 'utf8' });
    const text = 'text: the compiler could not be started: no file descriptor is left\n';
    expect([stdout, stderr]).toEqual([`cell: EMFILE\n${text}${text}`, '']);
  },
);

test('where the folder for temporary files is missing, a long text is compiled', () => {
  const program = `
    const { runTask } = await import(process.argv[1]);
    const { code } = await runTask('module', 'a;'.repeat(20_000), { path: '/a.ts', tsconfig: undefined });
    process.stdout.write(String(code.length >= 40_000));
    process.exit();
  `;
  const compile = import.meta.resolve('../../kernel/compile/compile-process.ts');
  const env = { ...process.env, TMPDIR: '/nowhere', TEMP: '/nowhere', TMP: '/nowhere' };
  const node = spawnSync(process.execPath, ['--input-type=module', '-e', program, compile], { env, encoding: 'utf8' });
  expect([node.stdout, node.stderr]).toEqual(['true', '']);
});
