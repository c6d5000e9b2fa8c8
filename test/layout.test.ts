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

/** Files of runtime/asyncio, compile and picture that need Node today. The list may only become shorter. */
const NODE_ONLY: readonly string[] = [
  'runtime/asyncio/engine/call-site.ts',
  'runtime/asyncio/streams.ts',
  'runtime/asyncio/subprocess.ts',
  'runtime/asyncio/thread.ts',
  'runtime/compile/module.ts',
  'runtime/compile/nesting.ts',
  'runtime/compile/plugin.ts',
  'runtime/picture/draw/player-script.ts',
  'runtime/picture/draw/png.ts',
  'runtime/picture/draw/svg-image.ts',
  'runtime/picture/export/file.ts',
  'runtime/picture/model/try-blocks.ts',
  'runtime/picture/program.ts',
  'runtime/picture/replay/replay.ts',
  'runtime/picture/trace/traced.ts',
];

/** Where an arrow may go to: the first rule whose `from` fits a file decides for it. Types count like values. */
const rules: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  {
    from: /^runtime\/asyncio\/engine\//,
    to: /^runtime\/asyncio\/engine\//,
    why: 'the engine of the library imports none of the names that are built on it',
  },
  { from: /^runtime\/asyncio\//, to: /^runtime\/asyncio\//, why: 'runtime/asyncio imports nothing of the rest' },
  {
    from: /^runtime\/compile\//,
    to: /^runtime\/(?!cell\/|picture\/)/,
    why: 'runtime/compile imports nothing of kernel/, runtime/cell/ or runtime/picture/',
  },
  {
    from: /^runtime\/picture\//,
    to: /^runtime\/(?!cell\/|compile\/)/,
    why: 'runtime/picture imports nothing of kernel/, runtime/cell/ or runtime/compile/',
  },
  { from: /^runtime\//, to: /^runtime\//, why: 'runtime/ imports nothing of kernel/' },
  {
    from: /^kernel\//,
    to: /^kernel\/|^package\.json$|^runtime\/(compile\/|(events|frames|escape)\.ts$)/,
    why: 'kernel/ may import only runtime/compile, events.ts, frames.ts and escape.ts of the runtime',
  },
];

/** The rule that an import breaks, in words; undefined where it breaks none. */
function broken(from: string, to: string): string | undefined {
  const rule = rules.find((candidate) => candidate.from.test(from));
  return rule && !rule.to.test(to) ? `${from} imports ${to}: ${rule.why}` : undefined;
}

/**
 * A room is a folder below kernel/, runtime/cell/ and runtime/picture/, or one of the three other parts of the runtime;
 * a file that lies in none of these is a room of its own. What a room divides itself into is its own affair.
 */
function roomOf(file: string): string {
  return (
    /^(?:runtime\/(?:cell|picture)|kernel)\/[\w-]+(?=\/)/.exec(file)?.[0] ??
    /^runtime\/(?:asyncio\/engine|asyncio|compile)(?=\/)/.exec(file)?.[0] ??
    file
  );
}

/** The circles in a graph, each as its members: none where every arrow leads downwards. */
function circles(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const left = new Map([...arrows].map(([from, to]) => [from, new Set([...to].filter((one) => one !== from))]));
  // What imports nothing that is left is no part of a circle, and neither is what nothing left imports.
  for (let size = -1; size !== left.size; ) {
    size = left.size;
    for (const [from, to] of left) {
      const imported = [...left.values()].some((others) => others.has(from));
      if (imported && [...to].some((one) => left.has(one))) continue;
      left.delete(from);
    }
  }
  return left.size === 0 ? [] : [[...left.keys()].sort()];
}

/** Who imports whom, by `nameOf` a file. */
function graphOf(
  which: (file: string) => readonly string[],
  nameOf: (file: string) => string,
): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const known = graph.get(nameOf(file)) ?? new Set();
    graph.set(nameOf(file), known);
    for (const to of which(file)) known.add(nameOf(to));
  }
  return graph;
}

/** What a file imports as soon as it is loaded, and what it imports in any way: types and `import()` of literals too. */
function specifiers(file: string): { readonly values: string[]; readonly all: string[] } {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const values: string[] = [];
  const all = module.dynamicImports.map(({ moduleRequest }) => textAt(file, moduleRequest));
  for (const { moduleRequest, entries } of module.staticImports) {
    all.push(moduleRequest.value);
    if (entries.length === 0 || entries.some(({ isType }) => !isType)) values.push(moduleRequest.value);
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest === null) continue;
    all.push(moduleRequest.value);
    if (!isType) values.push(moduleRequest.value);
  }
  return { values, all };
}

/** The project's own files that a file imports, types and `import()` of literals included. */
function imports(file: string, kind: 'values' | 'all' = 'all'): string[] {
  return specifiers(file)
    [kind].filter((specifier) => specifier.startsWith('.'))
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

test('no room imports, directly or through others, a room that imports it', () => {
  expect(circles(graphOf((file) => imports(file), roomOf))).toEqual([]);
});

test('no file is loaded while a file that it needs waits for it', () => {
  expect(circles(graphOf((file) => imports(file, 'values'), String))).toEqual([]);
});

/** A loop makes tasks, a task is a future, a future names its loop: these are one thing in several files. */
const ONE_THING: readonly string[] = [
  'runtime/asyncio/engine/cancelling.ts',
  'runtime/asyncio/engine/future.ts',
  'runtime/asyncio/engine/loop-options.ts',
  'runtime/asyncio/engine/loop.ts',
  'runtime/asyncio/engine/recover.ts',
  'runtime/asyncio/engine/running.ts',
  'runtime/asyncio/engine/shutdown.ts',
  'runtime/asyncio/engine/sleep.ts',
  'runtime/asyncio/engine/task-options.ts',
  'runtime/asyncio/engine/task.ts',
  'runtime/asyncio/engine/tracing.ts',
];

test('no file of the runtime needs the types of one that needs its own, but for the loop and its tasks', () => {
  const graph = graphOf((file) => (file.startsWith('runtime/') ? imports(file) : []), String);
  expect(circles(graph)).toEqual([ONE_THING]);
});

test('a circle is found, and what leads to it or from it is not taken for a part of it', () => {
  const arrows = { main: ['a'], a: ['b'], b: ['c', 'floor'], c: ['a', 'c'], floor: [] };
  expect(circles(new Map(Object.entries(arrows).map(([from, to]) => [from, new Set(to)])))).toEqual([['a', 'b', 'c']]);
});

test('the parts that are to run in a browser too import Node only where they do today', () => {
  const ofNode = files
    .filter((file) => /^runtime\/(asyncio|compile|picture)\//.test(file))
    .filter((file) => specifiers(file).all.some((specifier) => specifier.startsWith('node:')));
  expect(ofNode.sort()).toEqual(NODE_ONLY);
});

test('the rules tell wrong arrows from right ones', () => {
  expect(broken('runtime/asyncio/gather.ts', 'runtime/events.ts')).toMatch(/asyncio imports nothing/);
  expect(broken('runtime/asyncio/engine/task.ts', 'runtime/asyncio/gather.ts')).toMatch(/the engine of the library/);
  expect(broken('runtime/picture/model/model.ts', 'runtime/cell/main.ts')).toMatch(/runtime\/picture imports nothing/);
  expect(broken('runtime/compile/cell.ts', 'runtime/cell/main.ts')).toMatch(/runtime\/compile imports nothing/);
  expect(broken('runtime/cell/main.ts', 'kernel/protocol.ts')).toMatch(/nothing of kernel/);
  expect(broken('kernel/main.ts', 'runtime/cell/main.ts')).toMatch(/may import only/);
  expect(broken('kernel/main.ts', 'runtime/compile/cell.ts')).toBeUndefined();
  expect(broken('runtime/cell/main.ts', 'runtime/asyncio/engine/loop.ts')).toBeUndefined();
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
