import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('the error for a missing file says what was tried and what is similar', async () => {
  const answer = await notebook(
    { 'counter.ts': '', 'lib/shape.ts': '', 'uses.ts': 'import "./lib/shapes.ts";', 'empty/readme.txt': '' },
    `report([await failing('./countre'), await failing('./Counter.ts'), await failing('./uses'), await failing('./none/x'),
      await failing('./empty')])`,
  );
  const [misspelt, capital, nested, folderless, empty] = answer as string[];
  expect(misspelt).toBe(
    [
      "ERR_MODULE_NOT_FOUND: Cannot find the file './countre', imported by the notebook.",
      'Tried <notebook>/countre',
      'and in <notebook>: countre.ts, countre.tsx, countre.mts, countre.cts, countre.js, countre.jsx, countre.mjs, countre.cjs, countre.json',
      "Did you mean './counter.ts'?",
    ].join('\n'),
  );
  expect(capital).toMatch(/Did you mean '\.\/counter\.ts'\?$/);
  expect(nested).toMatch(
    /'\.\/lib\/shapes\.ts', imported by <notebook>\/uses\.ts\.[\s\S]*Did you mean '\.\/lib\/shape\.ts'\?$/,
  );
  expect(folderless).toMatch(/There is no folder <notebook>\/none\./);
  expect(empty).toMatch(/<notebook>\/empty is a folder without an index file\./);
});

test('the error for a missing package names the folders searched and the command that installs it', async () => {
  const answer = await notebook(
    { 'node_modules/lodash/package.json': '{ "name": "lodash", "version": "4.0.0" }', 'counter.ts': '' },
    `report([await failing('lodahs/fp'), await failing('@scope/thing/sub'), await failing('counter'),
      await failing('react/jsx-runtime')])`,
  );
  const [misspelt, scoped, beside, jsx] = answer as string[];
  expect(misspelt).toMatch(
    /^ERR_MODULE_NOT_FOUND: Cannot find the package 'lodahs', imported by the notebook\.\nLooked in\n {2}<notebook>\/node_modules\n/,
  );
  expect(misspelt).toMatch(/Did you mean 'lodash'\?\nTo install it: npm install lodahs {3}\(in <notebook>\)$/);
  expect(scoped).toMatch(/npm install @scope\/thing /);
  expect(beside).toMatch(/did you mean '\.\/counter'\?/);
  expect(jsx).toMatch(/npm install react .*\nJSX asks for it.*Without react: "jsxImportSource": "cokernel"/);
});

test('the error for what a package does not export lists what it does export', async () => {
  const answer = await notebook(
    {
      'node_modules/p/package.json': JSON.stringify({
        name: 'p',
        version: '1.2.3',
        exports: { '.': { import: './i.mjs' }, './sub': './gone.mjs' },
      }),
      'node_modules/p/i.mjs': '',
    },
    `const seen = [await failing('p/other'), await failing('p/sub')];
    try { loader.require('p') } catch (e) { seen.push(e.message) }
    report(seen)`,
  );
  const [other, gone, required] = answer as string[];
  expect(other).toMatch(/The package 'p' 1\.2\.3 does not export '\.\/other' to import/);
  expect(other).toMatch(/It exports 'p', 'p\/sub'$/);
  expect(gone).toMatch(/the package is installed in <notebook>\/node_modules\/p, but its file is missing/);
  expect(required).toMatch(
    /does not export '\.' to require\(\)[\s\S]*only under these conditions: {"import":".\/i.mjs"}/,
  );
});

test('errors for URLs and files that no import can load say what to do instead', async () => {
  const answer = await notebook(
    { 'notes.txt': '' },
    `report([await failing('foo:bar'), await failing('./notes.txt')])`,
  );
  expect(answer).toEqual([
    expect.stringMatching(/foo: imports are not supported\.\nSupported are/),
    expect.stringMatching(/'\.txt' is no module\.\n.*readFileSync/),
  ]);
});

test.each([
  ['https://esm.sh/lodash@4.17.21/fp?target=node', 'npm install lodash@4.17.21', 'lodash/fp'],
  ['https://esm.sh/v135/@a/b@1', 'npm install @a/b@1', '@a/b'],
  ['https://cdn.skypack.dev/d3', 'npm install d3', 'd3'],
  ['https://unpkg.com/d3@7/dist/d3.min.js', 'npm install d3@7', 'd3'],
  [
    'https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6/+esm',
    'npm install @observablehq/plot@0.6',
    '@observablehq/plot',
  ],
  ['https://deno.land/std@0.200.0/path/mod.ts', 'npx jsr add @std/path', '@std/path'],
])('an import from %s is told the package to install', async (address, command, bare) => {
  const answer = await notebook({}, `report(await failing(${JSON.stringify(address)}))`);
  expect(answer).toMatch(`\nInstall it once: ${command}   (in <notebook>)\nthen: import … from '${bare}'`);
});

test('an import from an address that serves no package is told to save the file', async () => {
  const answer = await notebook({}, "report(await failing('https://example.org/lib/geo.ts'))");
  expect(answer).toMatch(
    "Save the file (curl -o geo.ts https://example.org/lib/geo.ts   in <notebook>), then: import … from './geo.ts'",
  );
});

test('npm: and jsr: name the package that is installed, whatever its version, with and without a subpath', async () => {
  const put = (name: string) => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '4.1.0', type: 'module' }),
    [`node_modules/${name}/index.js`]: `export const name = '${name}';`,
    [`node_modules/${name}/sub.js`]: `export const name = '${name}/sub';`,
  });
  const answer = await notebook(
    { ...put('zod'), ...put('@std/path'), 'uses.ts': "export { name } from 'npm:zod@4';" },
    `const seen = [];
    for (const specifier of ['npm:zod', 'npm:/zod@^4.1 || 5', 'npm:zod@4/sub.js', 'jsr:@std/path@1', './uses'])
      seen.push((await cell(specifier)).name);
    seen.push((await cell('npm:cokernel@0.1')).me !== undefined);
    report(seen)`,
  );
  expect(answer).toEqual(['zod', 'zod', 'zod/sub', '@std/path', 'zod', true]);
});

test('a package that npm: or jsr: names and nobody installed is told by the command that installs this version', async () => {
  const answer = await notebook(
    {},
    `report([await failing('npm:react-dom@19/server'), await failing('npm:@a/b@^1 || 2/c'), await failing('jsr:@std/path@1/posix')])`,
  );
  expect(answer).toEqual([
    expect.stringMatching(
      /^ERR_MODULE_NOT_FOUND: Cannot find the package 'react-dom', imported by the notebook\.[\s\S]*\nTo install it: npm install react-dom@19 {3}\(in <notebook>\)$/,
    ),
    expect.stringMatching(/\nTo install it: npm install "@a\/b@\^1 \|\| 2" {3}\(in <notebook>\)$/),
    expect.stringMatching(/\nTo install it: npx jsr add @std\/path@1 {3}\(in <notebook>\)$/),
  ]);
});

test('what a package or a file of one below needs is installed in the folder of the notebook', async () => {
  const answer = await notebook(
    {
      'node_modules/outer/package.json': '{ "name": "outer", "version": "1.0.0" }',
      'node_modules/outer/lib/deep.js': 'import "inner";',
      'lib/uses.ts': 'import "other";',
    },
    "report([await failing('outer/lib/deep.js'), await failing('./lib/uses')])",
  );
  expect(answer).toEqual([
    expect.stringMatching(
      /imported by <notebook>\/node_modules\/outer\/lib\/deep\.js\.[\s\S]*npm install inner {3}\(in <notebook>\)$/,
    ),
    expect.stringMatching(/npm install other {3}\(in <notebook>\)$/),
  ]);
});
