// The wheel, in an environment that has nothing else: Python starts the kernel, and nothing stays when it is uninstalled.
// Only with --long, for it downloads JupyterLab. COKERNEL_WHEEL names a wheel that is built already.

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeFlags } from '../../kernel/install/kernelspec.ts';
import { browserPath } from '../browser/browser-path.ts';
import { openLab, pictures, root } from '../browser/lab.ts';
import { openNotebook, writeNotebook } from '../browser/notebook.ts';
import { python } from '../python.ts';

const long = process.env.COKERNEL_LONG !== undefined && python !== undefined;
const testLong = long ? test : test.skip;
const windows = process.platform === 'win32';
const MINUTES = 60_000;

let folder: string;
let wheel: string;
let venv: string;
const bin = (name: string) => join(venv, windows ? 'Scripts' : 'bin', windows ? `${name}.exe` : name);

beforeAll(() => {
  if (!long) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-wheel-')));
  venv = join(folder, 'an environment');
  wheel = process.env.COKERNEL_WHEEL || built();
  execFileSync(python as string, ['-m', 'venv', venv]);
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    resolve(wheel),
    'jupyterlab',
    'papermill',
    'uv',
  ];
  execFileSync(bin('python'), install, { stdio: ['ignore', 'ignore', 'inherit'] });
}, 15 * MINUTES);
afterAll(() => {
  if (long) rmSync(folder, { recursive: true, force: true });
});

function built(): string {
  execFileSync(process.execPath, [join(root, '.ci', 'wheel.mjs')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const out = join(root, 'build', 'wheel');
  return join(out, readdirSync(out).find((name) => name.endsWith('.whl')) as string);
}

/** Runs a program of the environment, with no Node on the PATH, and returns what it prints. */
function runs(program: string, args: readonly string[], PATH = join(venv, windows ? 'Scripts' : 'bin')): string {
  const env = { ...process.env, PATH, HOME: folder, JUPYTER_PATH: '' };
  return execFileSync(bin(program), args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

testLong('the launcher starts Node with the flags of the kernelspec', () => {
  const script =
    "from cokernel.__main__ import KERNEL_FLAGS, command; import json; print(json.dumps([KERNEL_FLAGS, command(['a.json'])[1:-2], command(['doctor'])[1:]]))";
  const [flags, kernel, doctor] = JSON.parse(runs('python', ['-c', script]));
  expect(flags).toEqual(nodeFlags);
  expect(kernel).toEqual(nodeFlags);
  expect(doctor).toEqual([expect.stringMatching(/cli\.js$/), 'doctor']);
});

testLong(
  'the kernel is Node itself: no Python process stays, and its id is that which Jupyter started',
  () => {
    const script = `
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name='cokernel')
client.execute_interactive('enum E { A = 42 } console.log(E.A, process.ppid)')
print(manager.provisioner.process.pid, ' '.join(manager.provisioner.process.args[1:3]))
client.stop_channels(); manager.shutdown_kernel()`;
    const [printed, started] = runs('python', ['-c', script]).trim().split('\n');
    const [value, parent] = (printed as string).split(' ');
    const [pid, ...words] = (started as string).split(' ');
    expect(value).toBe('42');
    expect(words).toEqual(['-m', 'cokernel']);
    if (!windows) expect(parent).toBe(pid);
  },
  MINUTES,
);

testLong(
  'doctor knows this form',
  () => {
    const found = /✓ Kernelspec .*, which pip installed\n✓ Start/;
    expect(runs('cokernel', ['doctor'])).toMatch(found);
    // The environment is not active, and there is no Jupyter.
    expect(runs('cokernel', ['doctor'], folder)).toMatch(found);
  },
  MINUTES,
);

testLong(
  'uv runs Jupyter with the wheel, without an environment',
  () => {
    const cells = [{ cell_type: 'code', execution_count: null, id: 'a', metadata: {}, outputs: [], source: '6 * 7' }];
    const kernelspec = { name: 'cokernel', display_name: 'TypeScript', language: 'typescript' };
    const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(join(folder, 'uv.ipynb'), JSON.stringify(notebook));
    const execute = ['jupyter', 'nbconvert', '--to', 'notebook', '--execute', '--stdout', 'uv.ipynb'];
    const args = ['tool', 'run', '--python', realpathSync(bin('python')), '--with', resolve(wheel), ...execute];
    // The commands that uv installs are shell scripts which find their Python by these.
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    for (const name of windows ? [] : ['dirname', 'realpath']) symlinkSync(`/usr/bin/${name}`, join(programs, name));
    const [cell] = JSON.parse(runs('uv', args, programs)).cells;
    expect([cell.outputs[0].data['text/plain']].flat()).toEqual(['42']);
  },
  5 * MINUTES,
);

testLong(
  'papermill writes parameters as TypeScript',
  () => {
    const cell = { cell_type: 'code', execution_count: null, outputs: [] };
    const cells = [
      { ...cell, id: 'a', metadata: { tags: ['parameters'] }, source: 'let n = 1;' },
      { ...cell, id: 'b', metadata: {}, source: 'n * 6' },
    ];
    const kernelspec = { name: 'cokernel', display_name: 'TypeScript', language: 'typescript' };
    writeFileSync(
      join(folder, 'in.ipynb'),
      JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }),
    );
    runs('papermill', ['in.ipynb', 'out.ipynb', '-p', 'n', '7']);
    const out = JSON.parse(readFileSync(join(folder, 'out.ipynb'), 'utf8'));
    expect([out.cells.at(-1).outputs[0].data['text/plain']].flat()).toEqual(['42']);
  },
  MINUTES,
);

(long && browserPath ? test : test.skip)(
  'in JupyterLab a notebook runs, is interrupted and restarted',
  async () => {
    const lab = await openLab({ width: 1366, height: 768 }, { python: bin('python'), types: true });
    writeNotebook(join(lab.notebooks, 'a.ipynb'), ['const x: number = 6 * 7; x', 'for (;;);', 'typeof x']);
    const { page } = lab;
    const notebook = await openNotebook(lab, 'a.ipynb');
    await notebook.run(0);
    await notebook.done(0);
    expect(await notebook.text(0)).toBe('42');
    await notebook.run(1);
    await page.getByText('TypeScript (cokernel) | Busy').waitFor();
    await notebook.press('interrupt');
    await notebook.done(1);
    expect(await notebook.text(1)).toContain('KeyboardInterrupt');
    await notebook.press('restart');
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await page.locator('.jp-Dialog').waitFor({ state: 'detached' });
    await notebook.ready();
    await notebook.run(2);
    await notebook.output(2).getByText("'undefined'").waitFor();
    await page.screenshot({ path: join(pictures, 'wheel.png') });
    await lab.close();
  },
  3 * MINUTES,
);

testLong(
  'uninstalled, nothing of it is left',
  () => {
    runs('python', ['-m', 'pip', 'uninstall', '--yes', '--quiet', 'cokernel']);
    const left = readdirSync(venv, { recursive: true }).map(String);
    expect(left.filter((path) => path.includes('cokernel'))).toEqual([]);
    expect(existsSync(join(venv, 'share', 'jupyter', 'kernels', 'cokernel'))).toBe(false);
  },
  MINUTES,
);
