// The types that the package publishes, as a person's own TypeScript reads them: sound, and without the engine's parts.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../cli/cokernel.ts';

const root = join(import.meta.dirname, '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** What tsc says of a program that imports the built package, its declarations included. */
function check(program: string): string[] {
  using folder = temporaryFolder();
  const runtime = join(root, 'dist', 'runtime');
  const entries = ['compiled', 'esbuild', 'picture', 'trace', 'jsx-runtime', 'globals'];
  const types = [
    'asyncio/compiled',
    'compile/plugin',
    'picture/index',
    'picture/program',
    'jsx-runtime',
    'cell/globals/globals',
  ];
  const paths = Object.fromEntries(
    entries.map((name, at) => [`cokernel/${name}`, [join(runtime, `${types[at]}.d.ts`)]]),
  );
  const compilerOptions = {
    ...{
      target: 'esnext',
      lib: ['esnext'],
      module: 'preserve',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
    },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')], skipLibCheck: false, pretty: false },
    paths: { cokernel: [join(runtime, 'asyncio', 'index.d.ts')], ...paths },
  };
  const all = entries.map((name) => `import 'cokernel/${name}';`).join('\n');
  writeFileSync(join(folder.path, 'main.ts'), `${program}\n${all}\n`);
  writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder.path, encoding: 'utf8' });
  return stdout.trim() === '' ? [] : stdout.trim().split(/\n(?=\S)/);
}

const IMPORTS = `import { coroutine, createTask, gather, run, sleep, type Coroutine, type Task } from 'cokernel';
const hello = coroutine(async () => { await sleep(1); return 5; });`;

test('a program has no errors, nor have the declarations themselves', () => {
  const program = `${IMPORTS}
    const task: Task<number> = createTask(hello());
    const [count, text] = await gather(hello(), sleep(1, 'x'));
    count.toFixed(); text.toUpperCase(); (await run(hello())).toFixed(); (await task).toFixed();`;
  expect(check(program)).toEqual([]);
});

test('a coroutine of one type is none of another', () => {
  const message = "Type 'number' is not assignable to type 'string'.";
  expect(check(`${IMPORTS}\nexport const wrong: Coroutine<string> = hello();`)).toEqual([
    `main.ts(3,14): error TS2322: Type 'Coroutine<number>' is not assignable to type 'Coroutine<string>'.\n  ${message}`,
  ]);
  expect(check(`${IMPORTS}\nexport const wrong: Task<string> = createTask(hello());`)).toEqual([
    `main.ts(3,14): error TS2322: Type 'Task<number>' is not assignable to type 'Task<string>'.\n  ${message}`,
  ]);
});

test('where a coroutine function or a promise stands for a coroutine, only what people can use is missing', () => {
  const [called, promised] = check(`${IMPORTS}\nrun(hello);\ncreateTask(Promise.resolve(1));`);
  expect(called).toMatch(
    /'CoroutineFunction<\[\], number>' is missing .* 'Coroutine<unknown>': \[Symbol.toStringTag\], state, send, throw,/,
  );
  expect(promised).toMatch(/'Promise<number>' is missing .* 'Coroutine<number>': name, state, send, throw, and 2 more/);
});
