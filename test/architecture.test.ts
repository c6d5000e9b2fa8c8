// ARCHITECTURE.md and CONTRIBUTING.md say what is so: the files and tests they name exist, and the table of rooms is what
// the imports say.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { files, imports, roomOf, root } from './source-files.ts';

const GUIDES = ['ARCHITECTURE.md', 'CONTRIBUTING.md'].filter((name) => existsSync(join(root, name)));
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');

test.each(GUIDES)('every file and folder of the project that %s names exists', (guide) => {
  const named = [...textOf(guide).matchAll(/`((?:kernel|runtime|test|notebooks|\.ci)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  );
  const absent = named.filter((path) => !existsSync(join(root, path)));
  expect(absent).toEqual([]);
});

test('every test that ARCHITECTURE.md names is in the file that it names', () => {
  const text = textOf('ARCHITECTURE.md').replace(/\s+/g, ' ');
  const named = [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, file, quoted]) =>
    [...(quoted as string).matchAll(/"([^"]+)"/g)].map(([, name]) => [file as string, name as string] as const),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(([file, name]) => !existsSync(join(root, file)) || !textOf(file).includes(name))).toEqual([]);
});

test('the table of rooms is what the imports say', () => {
  const rows = [...textOf('ARCHITECTURE.md').matchAll(/^\| `((?:kernel|runtime)\/[^`]+)` \| [^|]+ \| ([^|]*) \|$/gm)];
  const told = rows.map(([, room, imported]) => `${room}: ${(imported as string).replaceAll('`', '').trim()}`);
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const room = roomOf(file);
    const known = graph.get(room) ?? new Set();
    graph.set(room, known);
    for (const to of imports(file).map(roomOf)) if (to !== room && !to.endsWith('.json')) known.add(to);
  }
  const found = [...graph].map(([room, imported]) => `${room}: ${[...imported].sort().join(', ')}`);
  expect(told.sort()).toEqual(found.sort());
});
