// What cells import, through a real kernel: live bindings, and what a CommonJS module would have.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess, textOf } from '../client.ts';

let kernel: KernelProcess;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-imports-')));

beforeAll(async () => {
  writeFileSync(join(folder, 'counter.ts'), 'export let n = 0; export function inc() { n++ }');
  kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_DIAGNOSTICS: 'off' } });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

async function shown(code: string): Promise<string> {
  const { reply, outputs } = await kernel.client.execute(code);
  return reply.content.status === 'ok' ? outputs.at(-1)?.content.data['text/plain'] : reply.content.evalue;
}

test('an imported name follows the module that exports it', async () => {
  expect(await shown("import { n, inc } from './counter'; inc(); n")).toBe('1');
  expect(await shown('inc(); n')).toBe('2');
});

test('an imported name is a constant, until a cell declares it anew', async () => {
  expect(await shown('n = 5')).toBe("Assignment to constant variable 'n'.");
  expect(await shown("let n = 'own'; n += '!'; n")).toBe("'own!'");
});

test('completion knows what an imported name stands for', async () => {
  writeFileSync(join(folder, 'shop.ts'), 'export const shop = { open: 1, closed: 2 }');
  await shown("import { shop } from './shop'; 0");
  const { reply } = await kernel.client.request('complete_request', { code: 'shop.', cursor_pos: 5 });
  expect(reply.content.matches).toEqual(expect.arrayContaining(['open', 'closed']));
});

test('require, __dirname and __filename are there, and may be declared', async () => {
  expect(await shown("[require('node:path').sep, require('./counter').n]")).toContain('2 ]');
  expect(await shown('__dirname')).toBe(`'${folder}'`);
  expect(await shown('__filename')).toBe(`'${join(folder, 'notebook.ipynb')}'`);
  expect(await shown("import fs = require('node:fs'); typeof fs.readFileSync")).toBe("'function'");
  expect(await shown('const require = 1, __dirname = 2; require + __dirname')).toBe('3');
});

test('a name of a module that has only types says so when it is used as a value', async () => {
  mkdirSync(join(folder, 'node_modules/@types/geo'), { recursive: true });
  const types = join(folder, 'node_modules/@types/geo/index.d.ts');
  writeFileSync(types, 'export interface Feature { type: "Feature" }');
  expect(await shown("import { Feature } from 'geo'; const f: Feature = { type: 'Feature' }; f.type")).toBe(
    "'Feature'",
  );
  expect(await shown("jupyter.names().includes('Feature') || jupyter.names().at(-1)")).toBe("'f'");
  expect(await shown('Feature')).toBe(`There are only types of 'geo', in ${types}, and no JavaScript.`);
});

test('import() takes a URL', async () => {
  expect(await shown("(await import(new URL('node:path') as any)).sep")).toBe("'/'");
});

test('packages in the folders of NODE_PATH are imported, with and without exports', async () => {
  const library = join(folder, 'library');
  const put = (name: string, manifest: object) => {
    mkdirSync(join(library, name), { recursive: true });
    writeFileSync(join(library, name, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
    writeFileSync(join(library, name, 'own.js'), `exports.name = '${name}';`);
  };
  put('main', { main: 'own.js', types: 'own.d.ts' });
  writeFileSync(join(library, 'main', 'own.d.ts'), 'declare const own: { name: string }; export = own;');
  put('exported', { exports: { './own': './own.js' } });
  const other = await startKernelProcess({ cwd: folder, env: { COKERNEL_PATIENCE: '25000', NODE_PATH: library } });
  const code =
    "import main from 'main'; import { name } from 'exported/own'; import own from 'main/own'; [main.name, name, own.name]";
  const { outputs } = await other.client.execute(code, { allow_stdin: false });
  expect(outputs.map(({ content }) => content.text ?? content.data?.['text/plain'] ?? '')).toEqual([
    '',
    "[ 'main', 'exported', 'main' ]",
  ]);
  const { outputs: wrong } = await other.client.execute('main.name.toFixed', { allow_stdin: false });
  expect(textOf(wrong, 'stderr')).toContain("Property 'toFixed' does not exist on type 'string'");
  await other.stop();
});

test('a traceback names a local file shortly, its coroutine once, and its top level by place alone', async () => {
  const coroutineFile = [
    "import { coroutine, sleep } from 'cokernel';",
    "export const work = coroutine(async () => {\n  await sleep(0);\n  throw new Error('late');\n});",
  ];
  writeFileSync(join(folder, 'work.ts'), coroutineFile.join('\n'));
  writeFileSync(join(folder, 'thrower.ts'), "\nthrow new TypeError('early');\n");
  const stack = async (code: string): Promise<string[]> => {
    const { reply } = await kernel.client.execute(code);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken out
    const lines = (reply.content.traceback as string[]).map((line) => line.replace(/\x1b\[\d+m/g, ''));
    return lines.filter((line) => line.startsWith('    at '));
  };
  const cell = expect.stringMatching(/^ {4}at Cell \[\d+\]:1/);
  expect(await stack("import { work } from './work.ts'; await work()")).toEqual(['    at work (./work.ts:4:9)', cell]);
  expect(await stack("import './thrower.ts'")).toEqual(['    at ./thrower.ts:2:7', cell]);
});

test('import() takes a URL, and works in eval and new Function', async () => {
  expect(await shown("const { n: one } = await import(new URL('counter.ts', import.meta.url)); typeof one")).toBe(
    "'number'",
  );
  expect(await shown('typeof (await eval("import(\'./counter\')")).inc')).toBe("'function'");
  expect(await shown('typeof (await new Function("return import(\'./counter\')")()).inc')).toBe("'function'");
});

test('the classes and functions of the library have the names by which they are imported', async () => {
  const code = `import * as library from 'cokernel';
import * as picture from 'cokernel/picture';
import * as widgets from 'cokernel/widgets';
Object.entries({ ...library, ...picture, ...widgets }).filter(([, each]) => typeof each === 'function')
  .map(([name, { name: own }]: any) => name === own ? name : \`\${name} is called \${own}\`)
  .filter((text, at) => at === 0 || text.includes(' '))`;
  expect(await shown(code)).toBe("[ 'AsyncGeneratorObject' ]");
});
