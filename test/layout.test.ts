// The direction of the imports, as the design draws it, and that each source file says what it is for.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parseSync } from 'oxc-parser';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const files = ['kernel', 'runtime'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).split(sep).join('/')}`)
    .filter((name) => /\.tsx?$/.test(name)),
);

/** Where an arrow may go to: the first rule whose `from` fits a file decides for it. Types count like values. */
const rules: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  { from: /^runtime\/asyncio\//, to: /^runtime\/asyncio\//, why: 'runtime/asyncio imports nothing of the rest' },
  {
    from: /^runtime\/compile\//,
    to: /^runtime\/(?!cell\/|picture\/)/,
    why: 'runtime/compile imports nothing of kernel/, runtime/cell/ or runtime/picture/',
  },
  { from: /^runtime\//, to: /^runtime\//, why: 'runtime/ imports nothing of kernel/' },
  {
    from: /^kernel\//,
    to: /^kernel\/|^package\.json$|^runtime\/(compile\/|events\.ts$|frames\.ts$)/,
    why: 'kernel/ may import only runtime/compile, runtime/events.ts and runtime/frames.ts of the runtime',
  },
];

/** The rule that an import breaks, in words; undefined where it breaks none. */
function broken(from: string, to: string): string | undefined {
  const rule = rules.find((candidate) => candidate.from.test(from));
  return rule && !rule.to.test(to) ? `${from} imports ${to}: ${rule.why}` : undefined;
}

/** The project's own files that a file imports, types and `import()` of literals included. */
function imports(file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? '')),
    ...module.dynamicImports.map(({ moduleRequest }) => textAt(file, moduleRequest)),
  ];
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file), specifier));
}

function textAt(file: string, { start, end }: { start: number; end: number }): string {
  return readFileSync(join(root, file), 'utf8').slice(start + 1, end - 1);
}

test('the sources are found', () => {
  expect(files).toContain('kernel/cli.ts');
  expect(files).toContain('runtime/events.ts');
  expect(imports('kernel/cli.ts')).toEqual(['kernel/cli/commands.ts']);
});

test('every import goes in the direction that the design draws', () => {
  expect(files.flatMap((file) => imports(file).flatMap((to) => broken(file, to) ?? []))).toEqual([]);
});

test('the rules tell wrong arrows from right ones', () => {
  expect(broken('runtime/asyncio/task.ts', 'runtime/events.ts')).toMatch(/asyncio imports nothing/);
  expect(broken('runtime/compile/cell.ts', 'runtime/cell/main.ts')).toMatch(/runtime\/compile imports nothing/);
  expect(broken('runtime/cell/main.ts', 'kernel/protocol.ts')).toMatch(/nothing of kernel/);
  expect(broken('kernel/main.ts', 'runtime/cell/main.ts')).toMatch(/may import only/);
  expect(broken('kernel/main.ts', 'runtime/compile/cell.ts')).toBeUndefined();
  expect(broken('runtime/cell/main.ts', 'runtime/asyncio/loop.ts')).toBeUndefined();
});

test('every import inside the project names its file with its extension', () => {
  const bare = files
    .flatMap((file) => imports(file).map((to) => `${file} → ${to}`))
    .filter((arrow) => !/\.(tsx?|json)$/.test(arrow));
  expect(bare).toEqual([]);
});

test('every source file begins with a comment that says what it is for', () => {
  const headless = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/^#!.*\n/, '');
    return !/^(\/\/ ?\S.{20,}|\/\*\*?[\s\S]{20,}?\*\/)/.test(text);
  });
  expect(headless).toEqual([]);
});

test('no file is called by what says nothing', () => {
  const empty = /^(utils?|helpers?|common|misc|manager)\.tsx?$/;
  expect(files.filter((file) => empty.test(posix.basename(file)))).toEqual([]);
});
