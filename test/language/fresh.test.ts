// Types of files that changed on disk, however a cell or a file names them.

import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;
let edits = 0;

beforeAll(() => {
  const was = 'export const v: number = 1;';
  notebook = openNotebook({
    files: {
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "paths": { "@shared/*": ["./shared/*"] } } }',
      'package.json': '{ "imports": { "#int/*": "./int/*.ts", "#one": { "import": "./int/one.ts" } } }',
      'shared/a.ts': was,
      'int/a.ts': was,
      'int/one.ts': was,
      'comp/index.tsx': was,
      'typed.ts': was,
      'deep.ts': was,
      'outer.ts': 'export type V = typeof import("./deep").v;',
      'work/linked/package.json': '{ "name": "linked", "exports": { ".": "./src/main.ts", "./*": "./src/*.ts" } }',
      'work/linked/src/main.ts': 'export * from "./inner";',
      'work/linked/src/inner.ts': was,
      'work/linked/src/sub.ts': was,
      'work/old/package.json': '{ "name": "old", "types": "lib/old.d.ts" }',
      'work/old/lib/old.d.ts': was,
    },
  });
  mkdirSync(path.join(notebook.directory, 'node_modules'));
  for (const name of ['linked', 'old']) {
    symlinkSync(
      path.join(notebook.directory, 'work', name),
      path.join(notebook.directory, 'node_modules', name),
      'junction',
    );
  }
});
afterAll(() => notebook.end());

function edit(name: string): void {
  const file = path.join(notebook.directory, name);
  writeFileSync(file, 'export const v: string = "s";');
  // A file system may round times, and the edit may come within the same step.
  edits += 1;
  utimesSync(file, new Date(), new Date(Date.now() + edits * 10_000));
}

test.each([
  ['shared/a.ts', 'import { v } from "@shared/a"; v.toFixed()', 'v.toUpperCase()'],
  ['int/a.ts', 'import { v } from "#int/a"; v.toFixed()', 'v.toUpperCase()'],
  ['int/one.ts', 'import { v } from "#one"; v.toFixed()', 'v.toUpperCase()'],
  ['comp/index.tsx', 'import { v } from "./comp"; v.toFixed()', 'v.toUpperCase()'],
  ['typed.ts', 'declare const t: typeof import("./typed"); t.v.toFixed()', 't.v.toUpperCase()'],
  ['deep.ts', 'import type { V } from "./outer"; const d = 1 as unknown as V; d.toFixed()', 'd.toUpperCase()'],
  ['work/linked/src/inner.ts', 'import { v } from "linked"; v.toFixed()', 'v.toUpperCase()'],
  ['work/linked/src/sub.ts', 'import { v } from "linked/sub"; v.toFixed()', 'v.toUpperCase()'],
  ['work/old/lib/old.d.ts', 'import { v } from "old"; v.toFixed()', 'v.toUpperCase()'],
])('after an edit of %s its new types count', async (file, before, after) => {
  expect(await notebook.run(before)).toEqual([]);
  edit(file);
  expect(await notebook.run(after)).toEqual([]);
});
