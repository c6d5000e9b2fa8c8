// The command line: install, uninstall, help, version, and what it says about mistakes.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { nodeFlags } from '../../kernel/install/kernelspec.ts';
import { cokernel, temporaryFolder } from './cokernel.ts';

const kernels = (prefix: string) => join(prefix, 'share', 'jupyter', 'kernels');
const specIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await cokernel(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help names every command, and no command at all is an error', async () => {
  const { code, stdout } = await cokernel(['--help']);
  expect(code).toBe(0);
  for (const command of ['install', 'uninstall', 'doctor']) expect(stdout).toContain(`cokernel ${command}`);
  expect(await cokernel([])).toEqual({ code: 1, stdout: '', stderr: stdout });
});

test('install writes a whole kernelspec: absolute paths, interrupts by message, three logos, the player', async () => {
  using home = temporaryFolder();
  const { code, stdout } = await cokernel(['install', '--prefix', home.path]);
  const folder = join(kernels(home.path), 'cokernel');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(folder) });
  const spec = specIn(folder);
  expect(spec).toMatchObject({
    display_name: 'TypeScript (cokernel)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { supported_encryption: ['curve'] },
  });
  expect(existsSync(spec.argv[0])).toBe(true);
  expect(spec.argv.slice(1, 1 + nodeFlags.length)).toEqual(nodeFlags);
  expect(spec.argv[1 + nodeFlags.length]).toMatch(/[/\\]dist[/\\]kernel[/\\]main\.js$/);
  expect(spec.argv.at(-1)).toBe('{connection_file}');
  const player = expect.stringMatching(/^player-\w+\.js$/);
  expect(readdirSync(folder).sort()).toEqual([
    'kernel.json',
    'logo-32x32.png',
    'logo-64x64.png',
    'logo-svg.svg',
    player,
  ]);
});

// Windows has no such modes.
(process.platform === 'win32' ? test.skip : test).each([0o077, 0o000])(
  'whatever the umask is (%o), everybody may read what is installed, and only its owner write',
  async (mask) => {
    using home = temporaryFolder();
    const before = process.umask(mask);
    try {
      expect(await cokernel(['install', '--prefix', home.path])).toMatchObject({ code: 0 });
    } finally {
      process.umask(before);
    }
    const folder = join(kernels(home.path), 'cokernel');
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const files = readdirSync(folder).map((name) => mode(join(folder, name)));
    expect([...new Set(files)]).toEqual(['644']);
    for (let path = folder; path !== home.path; path = dirname(path)) expect([path, mode(path)]).toEqual([path, '755']);
  },
);

test('installing again says that the kernelspec is up to date, and changed options replace it', async () => {
  using home = temporaryFolder();
  const install = (...more: string[]) => cokernel(['install', '--prefix', home.path, ...more]);
  await install();
  const folder = join(kernels(home.path), 'cokernel');
  const before = statSync(join(folder, 'kernel.json')).ino;
  expect((await install()).stdout).toContain('up to date');
  expect(statSync(join(folder, 'kernel.json')).ino).toBe(before);
  await install(
    '--display-name',
    'Mine',
    '--memory',
    '512',
    '--diagnostics',
    'strict',
    '--language',
    'off',
    '--compiler',
    'esbuild',
  );
  expect(specIn(folder).display_name).toBe('Mine');
  expect(specIn(folder).argv.slice(-9)).toEqual([
    '--memory',
    '512',
    '--diagnostics',
    'strict',
    '--language',
    'off',
    '--compiler',
    'esbuild',
    '{connection_file}',
  ]);
  expect(readdirSync(kernels(home.path))).toEqual(['cokernel']);
});

test('the user place is what JUPYTER_DATA_DIR says, and --sys-prefix the active environment', async () => {
  using home = temporaryFolder();
  await cokernel(['install', '--name', 'One'], { JUPYTER_DATA_DIR: join(home.path, 'data') });
  expect(readdirSync(join(home.path, 'data', 'kernels'))).toEqual(['one']);
  await cokernel(['install', '--sys-prefix'], { VIRTUAL_ENV: join(home.path, 'environment') });
  expect(readdirSync(kernels(join(home.path, 'environment')))).toEqual(['cokernel']);
});

test('uninstall removes our kernelspec and nothing else', async () => {
  using home = temporaryFolder();
  await cokernel(['install', '--prefix', home.path]);
  await cokernel(['install', '--prefix', home.path, '--name', 'other']);
  const ended = await cokernel(['uninstall', '--prefix', home.path]);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("Removed the kernelspec 'cokernel'") });
  expect(readdirSync(kernels(home.path))).toEqual(['other']);
  const again = await cokernel(['uninstall', '--prefix', home.path]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("no kernelspec 'cokernel'") });
});

test("another kernel's folder is neither replaced nor removed", async () => {
  using home = temporaryFolder();
  const folder = join(kernels(home.path), 'python3');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), '{"argv": ["python"]}');
  for (const command of ['install', 'uninstall']) {
    const { code, stderr } = await cokernel([command, '--prefix', home.path, '--name', 'python3']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('belongs to another kernel') });
  }
  expect(readFileSync(join(folder, 'kernel.json'), 'utf8')).toBe('{"argv": ["python"]}');
});

test('a place that cannot be written gets one sentence, and nothing is left there', async () => {
  using home = temporaryFolder();
  writeFileSync(join(home.path, 'share'), 'a file where a folder should be');
  const { code, stderr } = await cokernel(['install', '--prefix', home.path]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^cokernel: the kernelspec could not be written: .*\n$/);
  expect(readdirSync(home.path)).toEqual(['share']);
});

const mistakes: readonly [string[], RegExp][] = [
  [['instal'], /no command 'instal'.*install, uninstall, doctor/],
  [['install', 'here'], /takes no arguments, but found 'here'/],
  [['install', '--colour'], /Unknown option '--colour'/],
  [['doctor', '--user'], /doctor has no option --user/],
  [['uninstall', '--memory', '9'], /uninstall has no option --memory/],
  [['install', '--user', '--prefix', 'x'], /--user and --prefix exclude each other/],
  [['install', '--prefix', ''], /--prefix expects a folder/],
  [['install', '--name', '../x'], /--name expects letters/],
  [['install', '--name', '..'], /--name expects letters/],
  [['install', '--memory', 'lots'], /--memory expects a whole number of MiB.*'lots'/],
  [['install', '--memory', '5'], /--memory expects a whole number of MiB, 128 or more/],
  [['install', '--memory'], /--memory/],
  [['install', '--compiler', 'tsc'], /--compiler expects in-place or esbuild, but found 'tsc'/],
  [['install', '--language', 'none'], /--language expects on or off, but found 'none'/],
  [['install', '--diagnostics', 'loud'], /--diagnostics expects warn, strict or off, but found 'loud'/],
];

test.each(mistakes)('the mistake %j gets one sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await cokernel(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('an old Node gets one sentence with the remedy, although it could not read the rest of the package', async () => {
  const pretend = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.11.1' })";
  const { code, stdout, stderr } = await cokernel(['install'], {}, ['--import', pretend]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^cokernel needs Node 24 or newer, but this is Node 20\.11\.1: .*nodejs\.org.*\n$/);
  const source = readFileSync(new URL('../../kernel/cli.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/^import .* from/m);
});

test('doctor says that there is no kernelspec, and how to get one', async () => {
  using home = temporaryFolder();
  const { code, stdout } = await cokernel(['doctor'], { HOME: home.path, JUPYTER_DATA_DIR: home.path, PATH: '' });
  expect(code).toBe(1);
  expect(stdout).toContain(`Node       ${process.versions.node}`);
  expect(stdout).toContain('pip install jupyterlab');
  expect(stdout).toContain('Run: cokernel install');
});

test.each([
  [
    'ipywidgets       : not installed',
    'widgets are shown as text. To see them: PYTHON -m pip install ipywidgets anywidget',
  ],
  ['ipywidgets       : 8.1.9', 'widgets of your own are shown as text. To see them: PYTHON -m pip install anywidget'],
  ['ipywidgets       : 8.1.9\\nlabextension', 'ipywidgets 8.1.9, anywidget'],
])('doctor says whether the page can show widgets: %s', async (printed, said) => {
  using home = temporaryFolder();
  const bin = join(home.path, 'bin');
  const [versions, extension] = printed.split('\\nlab');
  mkdirSync(bin);
  writeFileSync(join(bin, 'jupyter'), `#!/bin/sh\necho 'jupyterlab       : 4.6.6'\necho '${versions}'\n`, {
    mode: 0o755,
  });
  if (extension) mkdirSync(join(home.path, 'share', 'jupyter', 'labextensions', 'anywidget'), { recursive: true });
  const { stdout } = await cokernel(['doctor'], {
    HOME: home.path,
    JUPYTER_DATA_DIR: home.path,
    PATH: `${bin}:/usr/bin:/bin`,
  });
  expect(stdout).toContain(`Widgets    ${said.replace('PYTHON', join(bin, 'python'))}`);
});

test('doctor finds a kernelspec whose Node or package is gone', async () => {
  using home = temporaryFolder();
  const env = { HOME: home.path, JUPYTER_DATA_DIR: home.path, PATH: '' };
  await cokernel(['install'], env);
  const file = join(home.path, 'kernels', 'cokernel', 'kernel.json');
  const spec = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...spec, argv: ['/gone/node', ...spec.argv.slice(1)] }));
  const node = await cokernel(['doctor'], env);
  expect(node).toMatchObject({ code: 1, stdout: expect.stringContaining('its Node is gone (/gone/node)') });
  writeFileSync(file, JSON.stringify({ ...spec, argv: [file, ...spec.argv.slice(1)] }));
  const dead = await cokernel(['doctor'], env);
  expect(dead).toMatchObject({ code: 1, stdout: expect.stringContaining('its Node does not run') });
  writeFileSync(file, JSON.stringify({ ...spec, argv: [spec.argv[0], '/gone/main.js', '{connection_file}'] }));
  const main = await cokernel(['doctor'], env);
  expect(main).toMatchObject({ code: 1, stdout: expect.stringContaining('the package that it starts is gone') });
});

test('doctor shows what a kernel printed before it ended', async () => {
  using home = temporaryFolder();
  const env = { HOME: home.path, JUPYTER_DATA_DIR: home.path, PATH: '' };
  await cokernel(['install'], env);
  const file = join(home.path, 'kernels', 'cokernel', 'kernel.json');
  const spec = JSON.parse(readFileSync(file, 'utf8'));
  const broken = join(home.path, 'broken.mjs');
  writeFileSync(broken, "console.error('no zeromq here'); process.exit(3)");
  writeFileSync(file, JSON.stringify({ ...spec, argv: [spec.argv[0], broken, '{connection_file}'] }));
  const { code, stdout } = await cokernel(['doctor'], env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/does not work: it ended at once \(exit code 3\):\s+no zeromq here\s+Run: cokernel install/);
});
