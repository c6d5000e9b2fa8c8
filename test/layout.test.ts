// The layout of the sources: imports go only in the directions of the rules below, names of files say something, and
// each file says what it is for.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from '@jest/globals';
import { exported, files, imports, roomOf, root, specifiers } from './source-files.ts';

/** Entries of Node's own: what node and esbuild load, and a browser never does. */
const ENTRIES_OF_NODE: readonly string[] = ['runtime/compile/plugin.ts', 'runtime/picture/program.ts'];

/** What a browser needs no counterpart of: only the kernel of Node calls it. */
const OF_NODE_ALONE: readonly string[] = ['oxc.ts: nodeForTexts'];

/** Names that several files may have, and why. Any other file has a name of its own. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  'main.ts': 'the entry of a program: kernel process, cell process, and the player in a page',
  'index.ts': 'what an entry of the package exports: cokernel, cokernel/picture',
  'execute.ts': 'one execution, seen from each side of the pipe',
  'queue.ts': "the kernel's queue of cells; the library has a file for each of its names, and Queue is one",
};

/** Which imports are allowed: for each file the first rule whose `from` fits it decides. Types count like values. */
const rules: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  {
    from: /^runtime\/asyncio\/engine\//,
    to: /^runtime\/(asyncio\/engine|host\/node)\//,
    why: 'the engine of the library imports none of the names that are built on it',
  },
  {
    from: /^runtime\/asyncio\//,
    to: /^runtime\/(asyncio|host\/node)\//,
    why: 'runtime/asyncio imports nothing of the rest',
  },
  {
    from: /^runtime\/host\/node\//,
    to: /^runtime\/host\/node\//,
    why: 'what Node is for us knows nothing of the rest',
  },
  {
    from: /^runtime\/host\/web\//,
    to: /^runtime\/host\/web\//,
    why: 'what a browser is for us knows nothing of the rest',
  },
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
  {
    from: /^runtime\/widgets\//,
    to: /^runtime\/(widgets|asyncio|host\/node)\//,
    why: 'runtime/widgets imports only the coroutine library: what else it needs, the process gives it',
  },
  { from: /^runtime\//, to: /^runtime\//, why: 'runtime/ imports nothing of kernel/' },
  {
    from: /^kernel\//,
    to: /^kernel\/|^package\.json$|^runtime\/(compile\/|quiz\/|host\/(node|web)\/|cell\/web\/(messages|mail|shared-words)\.ts$|(debuggee|events|frames|escape|compile-cache|optimiser|parser|announced-player|make-folder|trace-log)\.ts$)/,
    why: 'kernel/ may import only runtime/compile, quiz, host, the messages of cell/web, debuggee, events, frames, escape, compile-cache, optimiser, parser, announced-player, make-folder and trace-log of the runtime',
  },
];

/** The rule that an import breaks, in words; undefined if it breaks none. */
function broken(from: string, to: string): string | undefined {
  const rule = rules.find((candidate) => candidate.from.test(from));
  return rule && !rule.to.test(to) ? `${from} imports ${to}: ${rule.why}` : undefined;
}

/** The circles in a graph, each as its members; none if every arrow leads downwards. */
function circles(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const left = new Map([...arrows].map(([from, to]) => [from, new Set([...to].filter((one) => one !== from))]));
  // A node is no part of a circle if it imports none of the remaining nodes, or if none of them imports it.
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

/** Who imports whom; `nameOf` gives the node of a file. */
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

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

test('the sources are found', () => {
  expect(files).toContain('kernel/cli.ts');
  expect(files).toContain('runtime/events.ts');
  expect(imports('kernel/cli.ts')).toEqual(['kernel/cli/commands.ts']);
});

test('every import keeps to the rules', () => {
  expect(files.flatMap((file) => imports(file).flatMap((to) => broken(file, to) ?? []))).toEqual([]);
});

test('no room imports, directly or through others, a room that imports it', () => {
  expect(circles(graphOf((file) => imports(file), roomOf))).toEqual([]);
});

test('no files load each other in a circle', () => {
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

test('no files of the runtime import types from one another in a circle, except the loop and its tasks', () => {
  const graph = graphOf((file) => (file.startsWith('runtime/') ? imports(file) : []), String);
  expect(circles(graph)).toEqual([ONE_THING]);
});

test('the search for circles finds one, without what only leads to it or from it', () => {
  const arrows = { main: ['a'], a: ['b'], b: ['c', 'floor'], c: ['a', 'c'], floor: [] };
  expect(circles(new Map(Object.entries(arrows).map(([from, to]) => [from, new Set(to)])))).toEqual([['a', 'b', 'c']]);
});

test('the parts that run in a browser too take Node from runtime/host, but for the entries that only Node loads', () => {
  const ofNode = files
    .filter((file) => /^runtime\/(asyncio|compile|picture|widgets)\//.test(file))
    .filter((file) => specifiers(file).all.some((specifier) => specifier.startsWith('node:')));
  expect(ofNode.sort()).toEqual(ENTRIES_OF_NODE);
});

test('whatever Node gives has its counterpart for a browser, with the same names', () => {
  const hosts = (kind: string) =>
    files.filter((file) => file.startsWith(`runtime/host/${kind}/`) && !file.endsWith('.d.ts'));
  const given = (kind: string) => new Map(hosts(kind).map((file) => [posix.basename(file), exported(file)] as const));
  const [node, web] = [given('node'), given('web')];
  expect([...web.keys()].sort()).toEqual([...node.keys()].sort());
  const lacking = [...node].flatMap(([file, names]) => {
    const there = web.get(file) ?? [];
    return names.filter((name) => !there.includes(name)).map((name) => `${file}: ${name}`);
  });
  expect(lacking).toEqual(OF_NODE_ALONE);
});

test('the parser is loaded by one file, which no text can make overflow', () => {
  const others = files.filter((file) => !/^runtime\/host\/\w+\/oxc\.ts$/.test(file));
  expect(files.filter((file) => specifiers(file).values.includes('#host/oxc'))).toEqual(['runtime/parser.ts']);
  expect(others.filter((file) => specifiers(file).values.includes('oxc-parser'))).toEqual([]);
  expect(
    others.filter(
      (file) => !file.endsWith('.d.ts') && /(?:import|require|resolve)[^\n]*\('oxc-parser'\)/.test(textOf(file)),
    ),
  ).toEqual([]);
});

test('the rules tell wrong arrows from right ones', () => {
  expect(broken('runtime/asyncio/gather.ts', 'runtime/events.ts')).toMatch(/asyncio imports nothing/);
  expect(broken('runtime/asyncio/engine/task.ts', 'runtime/asyncio/gather.ts')).toMatch(/the engine of the library/);
  expect(broken('runtime/picture/model/model.ts', 'runtime/cell/main.ts')).toMatch(/runtime\/picture imports nothing/);
  expect(broken('runtime/widgets/link.ts', 'runtime/cell/main.ts')).toMatch(/only the coroutine library/);
  expect(broken('runtime/compile/cell.ts', 'runtime/cell/main.ts')).toMatch(/runtime\/compile imports nothing/);
  expect(broken('runtime/cell/main.ts', 'kernel/protocol.ts')).toMatch(/nothing of kernel/);
  expect(broken('kernel/main.ts', 'runtime/cell/main.ts')).toMatch(/may import only/);
  expect(broken('kernel/main.ts', 'runtime/compile/cell.ts')).toBeUndefined();
  expect(broken('runtime/cell/main.ts', 'runtime/asyncio/engine/loop.ts')).toBeUndefined();
});

test('every import of a project file names the file with its extension', () => {
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

test('no file has a name that says nothing', () => {
  const empty = /^(utils?|helpers?|common|misc|manager)\.tsx?$/;
  expect(files.filter((file) => empty.test(posix.basename(file)))).toEqual([]);
});

test('two files have the same name only if they are one thing, for a reason that is on the list', () => {
  const counts = Map.groupBy(
    files.filter((file) => !file.startsWith('runtime/host/web/')),
    (file) => posix.basename(file),
  );
  const repeated = [...counts].filter(([, same]) => same.length > 1).map(([name]) => name);
  expect(repeated.sort()).toEqual(Object.keys(SHARED_NAMES).sort());
});
