// Notebooks that were written for other kernels of JavaScript and TypeScript: their idioms work as they stand, or the
// message has the line to write instead.

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, type Received, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-elsewhere-')));
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Stands in for npm: notes its words, and installs packages without types, and types of `lodash` alone. */
const NPM = `#!/bin/sh
echo "$*" >> "$PWD/npm.log"
case "$*" in
  *broken*) echo "npm error code E404" >&2; exit 1;;
  "view @types/lodash"*) exit 0;;
  view*) exit 1;;
esac
for word in "$@"; do case "$word" in -*|install) ;; *)
  name=$(echo "$word" | sed 's/\\(.\\)@.*/\\1/')
  mkdir -p "node_modules/$name"
  echo "{\\"name\\":\\"$name\\",\\"version\\":\\"4.2.0\\",\\"main\\":\\"index.js\\"}" > "node_modules/$name/package.json"
  echo "exports.name = '$name';" > "node_modules/$name/index.js"
;; esac; done
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'dot.png'), png);
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'npm'), NPM);
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
  for (const name of ['lodash-es', '@std/path', 'react']) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
    );
    writeFileSync(join(place, 'index.js'), `export default { name: '${name}' }; export const name = '${name}';`);
    writeFileSync(join(place, 'jsx-runtime.js'), 'export const jsx = (type, props) => ({ type, props }), jsxs = jsx;');
  }
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_DIAGNOSTICS: 'off', PATH } });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

/** What the front end is shown, without colours: bundles, texts, and the last line of an error. */
async function shown(code: string): Promise<unknown[]> {
  const { reply, outputs } = await kernel.client.execute(code);
  const seen = outputs
    .filter(({ header }) => header.msg_type !== 'execute_input')
    .map(({ header, content }: Received): unknown => {
      if (header.msg_type === 'stream') return content.text;
      if (header.msg_type === 'clear_output') return 'cleared';
      if (header.msg_type.startsWith('comm')) return content;
      if (header.msg_type !== 'error') return content.data;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken out
      return content.traceback.join('\n').replace(/\x1b\[[\d;]*m/g, '');
    });
  return reply.content.status === 'ok' ? seen : seen.slice(-1);
}

const bundle = (type: string, content: string) => [expect.objectContaining({ [type]: content })];

test.each<[string, unknown[]]>([
  // Deno
  ['Deno.jupyter.html`<b>${"<i>x</i>"}</b>`', bundle('text/html', '<b><i>x</i></b>')],
  ['Deno.jupyter.md`# Title ${1 + 1}`', bundle('text/markdown', '# Title 2')],
  ['Deno.jupyter.svg`<svg></svg>`', bundle('image/svg+xml', '<svg></svg>')],
  ["Deno.jupyter.image('./dot.png')", bundle('image/png', png.toString('base64'))],
  ["await Deno.jupyter.display({ 'text/plain': 'raw' }, { raw: true })", bundle('text/plain', 'raw')],
  ['await Deno.jupyter.display({ a: 1 })', bundle('text/plain', '{ a: 1 }')],
  ['const { html, md } = Deno.jupyter; html`<p>${undefined}</p>`', bundle('text/html', '<p></p>')],
  ["({ [Deno.jupyter.$display]: () => ({ 'text/html': '<u>own</u>' }) })", bundle('text/html', '<u>own</u>')],
  ["(await Deno.jupyter.format(jupyter.html('<s>x</s>')))['text/html']", bundle('text/plain', "'<s>x</s>'")],
  [
    "await Deno.jupyter.broadcast('display_data', { data: { 'text/html': '<b>bold</b>' }, metadata: {}, transient: {} })",
    bundle('text/html', '<b>bold</b>'),
  ],
  ["await Deno.jupyter.broadcast('clear_output', { wait: false })", ['cleared']],
  ["await Deno.jupyter.broadcast('stream', { name: 'stdout', text: 'said' })", ['said']],
  [
    "await Deno.jupyter.broadcast('comm_open', { comm_id: 'c', target_name: 't', data: { a: 1 } })",
    [expect.objectContaining({ comm_id: 'c', target_name: 't', data: { a: 1 } })],
  ],
  [
    "await Deno.jupyter.broadcast('status', {})",
    [expect.stringMatching(/one of display_data.*was expected, got 'status'/)],
  ],
  ["import _ from 'npm:lodash-es@4.17'; _.name", bundle('text/plain', "'lodash-es'")],
  ["(await import('npm:lodash-es')).name", bundle('text/plain', "'lodash-es'")],
  ["import { name } from 'jsr:@std/path@1'; name", bundle('text/plain', "'@std/path'")],
  ["import { sleep } from 'npm:cokernel'; await sleep(0, 'ours')", bundle('text/plain', "'ours'")],
  ["import * as pl from 'npm:nodejs-polars@0.18'", [expect.stringContaining('npm install nodejs-polars@0.18   (in ')]],
  ["import 'https://deno.land/std@0.170.0/fs/mod.ts'", [expect.stringContaining('npx jsr add @std/fs   (in ')]],
  [
    "import { z } from 'https://deno.land/x/zod@v3.22.4/mod.ts'",
    [expect.stringContaining('npm install zod@3.22.4   (in ')],
  ],
  [
    "import { display } from 'https://deno.land/x/display@v0.1.1/mod.ts'",
    [expect.stringMatching(/\nLeave it out: display, html, svg and markdown are here without an import\.\n>/)],
  ],
  [
    "import { createCanvas } from 'https://deno.land/x/skia_canvas@0.5.8/mod.ts'",
    [expect.stringContaining('Install it once: npm install skia-canvas   (in ')],
  ],
  ["import { html } from 'https://esm.sh/htm/preact'", [expect.stringContaining('npm install htm   (in ')]],
  ["Deno.readTextFileSync('x')", [expect.stringContaining("In Node: readFileSync(path, 'utf8'), of 'node:fs'")]],
  ["await Deno.open('x')", [expect.stringContaining("In Node: await open(path), of 'node:fs/promises'")]],
  ["Deno.env.get('HOME')", [expect.stringContaining('In Node: process.env.NAME')]],
  ['/** @jsxImportSource npm:react@19 */\n(<b>x</b>).type', bundle('text/plain', "'b'")],
  // Quarto
  ['#| label: a\n#| echo: false\nconst q: number = 1; q', bundle('text/plain', '1')],
  ['\n#| echo: false\n({ q: 2 })', bundle('text/plain', '{ q: 2 }')],
  ['#| echo: false\nundefinedName', [expect.stringMatching(/ {2}1 \| #\| echo: false\n> 2 \| undefinedName/)]],
  // tslab
  ["import * as tslab from 'tslab'; tslab.display.html('<b>x</b>')", bundle('text/html', '<b>x</b>')],
  ["import { display } from 'tslab'; display.markdown('# x')", bundle('text/markdown', '# x')],
  ["import { display as d } from 'tslab'; d.png(new Uint8Array([1, 2]))", bundle('image/png', 'AQI=')],
  ["const { display: show } = require('tslab'); show.svg('<svg/>')", bundle('image/svg+xml', '<svg/>')],
  [
    "import { newDisplay } from 'tslab'; const d1 = newDisplay(); d1.text('one'); d1.text('two')",
    [{ 'text/plain': 'one' }, { 'text/plain': 'two' }],
  ],
  ["tslab.display.raw('text/x', 'y')", bundle('text/x', 'y')],
  // ijavascript and ITypescript
  [
    "$$.html('<b>x</b>')",
    [expect.stringContaining('$$.html is a name of the kernel ijavascript. Here: html`<b>…</b>`')],
  ],
  [
    '$$.async();\nsetTimeout(() => $$.sendResult(1))',
    [expect.stringContaining('$$.async is a name of the kernel ijavascript. Here: nothing: a cell awaits')],
  ],
  [
    '$$mimer$$ = (x) => x',
    [
      expect.stringContaining(
        "$$mimer$$ is a name of the kernel ijavascript. Here: a method [Symbol.for('Jupyter.display')]()",
      ),
    ],
  ],
  [
    "$TS.svg('<svg/>')",
    [expect.stringContaining('$TS.svg is a name of the kernel ITypescript. Here: svg`<svg>…</svg>`')],
  ],
  ["$TS.pngFile('logo.png')", [expect.stringContaining("Here: image('./picture.png')")]],
  ["$TS.put('text/html', '<b>x</b>')", [expect.stringContaining("Here: display({ 'text/html': … }, { raw: true })")]],
  ['console.log(__)', [expect.stringContaining('_ is the last result, and Out[1] that of cell [1]')]],
  ['%async\nlet a1 = 1', [expect.stringContaining('%async is a magic of ITypescript, and this is a TypeScript cell.')]],
  ['%esModuleInterop! true\nlet a2 = 1', [expect.stringContaining('%esModuleInterop is a magic of ITypescript')]],
  ['%%html\n<b>x</b>', [expect.stringContaining('%%html is a magic of IPython')]],
  ['for (i of [1, 2]) console.log(i)', [expect.stringContaining('To declare it: for (const i of …)')]],
  ['for (k in { a: 1 }) console.log(k)', [expect.stringContaining('To declare it: for (const k in …)')]],
  ['for (n = 0; n < 2; n++) {}', [expect.stringContaining('To declare it: for (let n = …; …; …)')]],
  [
    "var fs = require('fs'), path = require('path'); typeof fs.readFileSync + path.sep",
    bundle('text/plain', "'function/'"),
  ],
  [
    'module.exports = { a: 1 }',
    [expect.stringContaining('A cell exports nothing: what it declares is there in every later cell')],
  ],
  ['this.counter = 1', [expect.stringContaining('`this` is undefined at the top of a cell')]],
  [
    'function Point(x) { this.x = x }\nPoint(1)',
    [expect.stringMatching(/function that is called without an object.* The global object is globalThis\n/)],
  ],
  ['const none = undefined; none.x', [expect.not.stringContaining('globalThis')]],
  [
    "import tslab from 'tslab'; tslab.display.html('<b>x</b>')",
    [expect.stringContaining("To have all of them: import * as … from 'tslab'")],
  ],
  ['!npm install --save lodash zod@4', [expect.stringContaining("await jupyter.install('lodash', 'zod@4')")]],
  ['!npm install', [expect.stringContaining("execSync('npm install', { stdio: 'inherit' })")]],
  ['%%typescript\n1', [expect.stringContaining('A cell is TypeScript already: leave the line out')]],
])('%s', async (code, expected) => {
  expect(await shown(code)).toEqual(expected);
});

test('a name that a failed cell declares says which cell that is, until another cell declares it', async () => {
  const { reply } = await kernel.client.execute("import moment from 'npm:moment@2'; const now = moment();");
  const told = expect.stringMatching(
    new RegExp(
      `^ReferenceError: now is not defined\n {2}Cell \\[${reply.content.execution_count}\\] declares it, but failed before it did. Get that cell to run first\n`,
    ),
  );
  expect(await shown('now.getTime()')).toEqual([told]);
  expect(await shown('moment')).toEqual([expect.stringContaining('declares it, but failed')]);
  expect(await shown('const now = 5; now')).toEqual(bundle('text/plain', '5'));
  await kernel.client.execute('const now = missing;');
  expect(await shown('now')).toEqual(bundle('text/plain', '5'));
});

test('a display of Deno is replaced by its id', async () => {
  const code = `await Deno.jupyter.display({ 'text/plain': 'one' }, { raw: true, display_id: 'deno' });
    await Deno.jupyter.display({ 'text/plain': 'two' }, { raw: true, display_id: 'deno', update: true });`;
  const { outputs } = await kernel.client.execute(code);
  expect(outputs.slice(1).map(({ header, content }) => [header.msg_type, content.transient, content.data])).toEqual([
    ['display_data', { display_id: 'deno' }, { 'text/plain': 'one' }],
    ['update_display_data', { display_id: 'deno' }, { 'text/plain': 'two' }],
  ]);
});

test('a package sees no Deno', async () => {
  writeFileSync(join(folder, 'where.mjs'), "export const where = typeof Deno + ('Deno' in globalThis);");
  expect(await shown("import { where } from './where.mjs'; where")).toEqual(bundle('text/plain', "'undefinedfalse'"));
});

test('jupyter.install makes a package.json, installs beside the notebook with types, and says what it does', async () => {
  const said = (await shown("await jupyter.install('lodash@4', 'plain')")).at(-1) as { 'text/plain': string };
  expect(said['text/plain'].replace(/\d+\.\d s/g, 'N s')).toBe(
    [
      `Made package.json in ${folder}, so that npm installs here.`,
      `npm install lodash@4 plain: N s   (in ${folder})`,
      `npm install --save-dev @types/lodash: N s   (in ${folder})`,
      'There are no types of plain: its values are any.',
      'Installed: lodash 4.2.0, plain 4.2.0',
    ].join('\n'),
  );
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{ "private": true }\n');
  expect(await shown("import { name as named } from 'npm:lodash@4'; named")).toEqual(bundle('text/plain', "'lodash'"));
});

test('what npm says is in the error when an installation fails', async () => {
  expect(await shown("await jupyter.install('broken')")).toEqual([
    expect.stringMatching(/npm install broken .*failed \(1\) in .*:\nnpm error code E404/),
  ]);
  expect(await shown("await jupyter.install('--global')")).toEqual([
    expect.stringContaining("the name of an npm package was expected, such as 'lodash' or 'zod@4', got '--global'."),
  ]);
});
