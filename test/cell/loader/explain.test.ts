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
    `report([await failing('https://esm.sh/x'), await failing('npm:@a/b@1'), await failing('foo:bar'), await failing('./notes.txt')])`,
  );
  expect(answer).toEqual([
    expect.stringMatching(/https: imports are not supported\.\nInstall the package with npm/),
    expect.stringMatching(/Install it once \(npm install @a\/b@1\), then: import … from '@a\/b'$/),
    expect.stringMatching(/foo: imports are not supported\.\nSupported are/),
    expect.stringMatching(/'\.txt' is no module\.\n.*readFileSync/),
  ]);
});
