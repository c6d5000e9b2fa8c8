// The package that `npm pack` makes works on its own in an empty folder, and contains nothing that is not needed.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { environment, npm } from '../ci/npm.ts';
import { runPython, testWithPython } from '../python.ts';
import { type Ended, end, temporaryFolder } from './cokernel.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';
const MINUTES = 60_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const folder = temporaryFolder();
const place = join(folder.path, 'an empty folder');
let packed: Packed;

beforeAll(async () => {
  // Built already, by `npm test`: a second build would change dist/ under the other tests.
  const pack = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path], root);
  const report = JSON.parse(pack.stdout);
  packed = Array.isArray(report) ? report[0] : report.cokernel;
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{ "private": true, "type": "module" }');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder.path, packed.filename)];
  const { code, stderr } = await npm(install, place);
  if (code !== 0) throw new Error(`npm install failed:\n${stderr}`);
}, 5 * MINUTES);

afterAll(() => folder[Symbol.dispose]());

/** The installed command, run by this Node. */
function cokernel(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const bin = join(place, 'node_modules', 'cokernel', 'dist', 'kernel', 'cli.js');
  return end(process.execPath, [bin, ...args], { ...environment, HOME: folder.path, JUPYTER_PATH: '', ...env }, place);
}

/** The first lines of what TypeScript found. */
const errorsIn = ({ stdout, stderr }: Ended): string[] =>
  `${stdout}${stderr}`.split('\n').filter((line) => /^\S/.test(line));

test('the package contains what runs, its types, logos and lessons, but no test, source map or source', () => {
  const paths = packed.files.map(({ path }) => path);
  const expected = ['LICENSE', 'README.md', 'package.json', 'dist/kernel/cli.js', 'dist/kernel/main.js'];
  expect(paths).toEqual(
    expect.arrayContaining([...expected, 'kernel/logos/logo-svg.svg', 'kernel/papermill/cokernel_papermill.py']),
  );
  const needed =
    /^(LICENSE|README\.md|package\.json|dist\/.*\.(js|d\.ts)|dist\/web\/(oxc\.wasm|page-widgets\.css)|kernel\/logos\/.*\.(png|svg)|kernel\/papermill\/.*\.py|notebooks\/([\w-]+\.ipynb|README\.md|teaching\.md|checks\.ts|checks\/[\w-]+\.ts))$/;
  expect(paths.filter((path) => !needed.test(path))).toEqual([]);
  // Some 200 kB of it are the outputs of the lessons, a megabyte is what live pages run, and 220 kB are their widgets.
  // What two programs share is in it twice, some 50 kB: each is bundled alone, which starts faster.
  expect(packed.size).toBeLessThan(3_000_000);
});

test(
  'the lessons of the package are copied into a folder, and the first and the last of them run there',
  async () => {
    const copied = await cokernel(['lessons']);
    expect(copied).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The lessons are in my-lessons: /) });
    const books = readdirSync(join(place, 'my-lessons')).filter((name) => name.endsWith('.ipynb'));
    const chosen = [books.at(0), books.at(-1)].map((name) => join('my-lessons', name as string));
    const ran = await cokernel(['run', ...chosen, '--out', 'ran']);
    expect(ran.stdout + ran.stderr).toContain('2 notebooks, none failed');
  },
  2 * MINUTES,
);

test('every file that package.json points to is in the package', () => {
  const { bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const targets = [
    ...Object.values(bin),
    ...Object.values(exports).flatMap((target) => Object.values(target as object)),
  ];
  const paths = packed.files.map(({ path }) => path);
  for (const target of targets) {
    if (typeof target === 'string' && target.length > 1) expect(paths).toContain(target.replace(/^\.\//, ''));
  }
});

test('the installed command makes a kernelspec that names the installed package', async () => {
  expect(existsSync(join(place, 'node_modules', '.bin', windows ? 'cokernel.cmd' : 'cokernel'))).toBe(true);
  const { code, stderr } = await cokernel(['install', '--prefix', folder.path]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const kernels = join(folder.path, 'share', 'jupyter', 'kernels');
  expect(readdirSync(kernels)).toEqual(['cokernel']);
  const spec = JSON.parse(readFileSync(join(kernels, 'cokernel', 'kernel.json'), 'utf8'));
  expect(spec.argv.at(-2)).toBe(join(place, 'node_modules', 'cokernel', 'dist', 'kernel', 'main.js'));
});

test('a package in the cache of npx warns that it may vanish, and says how to keep it', async () => {
  const copy = join(folder.path, '_npx', '1', 'node_modules', 'cokernel');
  cpSync(join(place, 'node_modules', 'cokernel'), copy, { recursive: true });
  const bin = join(copy, 'dist', 'kernel', 'cli.js');
  const { stdout } = await end(process.execPath, [bin, 'install', '--prefix', join(folder.path, 'npx')], environment);
  expect(stdout).toMatch(/Warning: .*_npx.*may be emptied.*npm install --global cokernel, then cokernel install/);
});

test('doctor starts the installed kernel and says how fast it answered', async () => {
  await cokernel(['install', '--prefix', folder.path]);
  const { code, stdout } = await cokernel(['doctor'], {
    JUPYTER_PATH: join(folder.path, 'share', 'jupyter'),
    PATH: '',
  });
  expect(stdout).toMatch(/✓ Start {6}first result \d\.\d\d s after the start of 'cokernel'/);
  expect(code).toBe(0);
});

test('the installed command runs a notebook without any Jupyter', async () => {
  writeFileSync(join(place, 'text.md'), '```ts\nconst doubled: number[] = [1, 2].map((n) => n * 2);\ndoubled\n```\n');
  const { code, stderr } = await cokernel(['run', 'text.md', '--out', 'executed', '--html'], { PATH: '' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(join(place, 'executed', 'text.ipynb'), 'utf8')).toContain('[ 2, 4 ]');
  expect(readFileSync(join(place, 'executed', 'text.html'), 'utf8')).toContain('[ 2, 4 ]');
});

test('the installed command makes live pages, which have esbuild where esbuild-wasm is installed', async () => {
  writeFileSync(join(place, 'live.md'), '# Live\n\n```ts\n1 + 1\n```\n');
  const made = async (site: string) => {
    const { code, stderr } = await cokernel(['run', 'live.md', '--html', '--live', '--out', site], { PATH: '' });
    const says = `cokernel: ${site} is a static site. Serve it to look at it: from a file: address no script runs.\n`;
    expect({ code, stderr }).toEqual({ code: 0, stderr: says });
    const files = readdirSync(join(place, site), { recursive: true }).map(String);
    expect(files).toEqual(expect.arrayContaining(['live.html', 'sw.js', expect.stringMatching(/page\.js$/)]));
    return files.filter((file) => file.endsWith('esbuild.wasm'));
  };
  expect(await made('without')).toEqual([]);
  const beside = join(place, 'node_modules', 'esbuild-wasm');
  mkdirSync(beside);
  writeFileSync(join(beside, 'package.json'), '{ "name": "esbuild-wasm", "version": "0.0.0" }');
  writeFileSync(join(beside, 'esbuild.wasm'), '');
  expect(await made('with')).toEqual([expect.stringMatching(/^live-\w+/)]);
});

// Otherwise doctor starts the kernel as its spec says, and clients.test.ts runs nbconvert.
(process.env.COKERNEL_LONG ? testWithPython : test.skip)(
  'nbconvert executes a notebook with the installed kernel',
  async () => {
    await cokernel(['install', '--prefix', folder.path]);
    const cell = (source: string) => ({
      cell_type: 'code',
      id: `c${source.length}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    });
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: 'cokernel', display_name: 'TypeScript (cokernel)', language: 'typescript' } },
      cells: [cell('const doubled: number[] = [1, 2, 3].map((n) => n * 2);'), cell('await Promise.resolve(doubled)')],
    };
    writeFileSync(join(place, 'one.ipynb'), JSON.stringify(notebook));
    const { code, output } = await runPython(
      ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--output', 'done.ipynb', 'one.ipynb'],
      { cwd: place, env: { JUPYTER_PATH: join(folder.path, 'share', 'jupyter') } },
    );
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    const done = JSON.parse(readFileSync(join(place, 'done.ipynb'), 'utf8'));
    expect(String(done.cells[1].outputs[0].data['text/plain'])).toContain('2, 4, 6');
  },
  2 * MINUTES,
);

test('a program outside any notebook imports the library, with its types', async () => {
  const program = `import { coroutine, run, sleep } from 'cokernel';
const hello = coroutine(function* (name: string) { yield* sleep(0.001); return \`Hello, \${name}!\`; });
const text: string = await run(hello('Ada'));
console.log(text);
`;
  writeFileSync(join(place, 'program.ts'), program);
  const ran = await end(process.execPath, ['--disable-warning=ExperimentalWarning', 'program.ts'], environment, place);
  expect(ran).toEqual({ code: 0, stdout: 'Hello, Ada!\n', stderr: '' });
  const tsc = join(place, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--target', 'esnext', '--module', 'nodenext', '--types', 'node'];
  writeFileSync(join(place, 'wrong.ts'), program.replace('const text: string', 'const text: number'));
  const checked = await end(process.execPath, [tsc, ...options, 'program.ts', 'wrong.ts'], environment, place);
  expect(errorsIn(checked)).toEqual([
    expect.stringMatching(/^wrong\.ts.*Type 'string' is not assignable to type 'number'/),
  ]);
});

test('each entry of the package can be imported, and JSX against it is type-checked', async () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // cokernel/globals has types alone.
  const entries = Object.keys(exports).filter((entry) => exports[entry].default !== undefined);
  const names = entries.map((entry) => `cokernel${entry.slice(1)}`);
  const load = `for (const name of ${JSON.stringify(names)}) if (Object.keys(await import(name)).length === 0) throw name;`;
  const loaded = await end(process.execPath, ['--input-type=module', '--eval', load], environment, place);
  expect(loaded).toEqual({ code: 0, stdout: '', stderr: '' });
  const list = (item: string) => `const Item = ({ name }: { name: string }) => <li className="x">{name}</li>;
export const list = <ul>{['a'].map((name) => ${item})}</ul>;
`;
  writeFileSync(join(place, 'right.tsx'), list('<Item key={name} name={name} />'));
  writeFileSync(join(place, 'wrong.tsx'), list('<Item name={1} />'));
  const tsc = [join(place, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--strict', '--module', 'nodenext'];
  const options = [...tsc, '--target', 'esnext', '--jsx', 'react-jsx', '--jsxImportSource', 'cokernel'];
  const checked = await end(process.execPath, [...options, 'right.tsx', 'wrong.tsx'], environment, place);
  const wrong = /^wrong\.tsx.*Type 'number' is not assignable to type 'string'/;
  expect(errorsIn(checked)).toContainEqual(expect.stringMatching(wrong));
  expect(errorsIn(checked).filter((line) => !line.startsWith('wrong.tsx'))).toEqual([]);
});
