// docs/asyncio.md has every name of CPython 3.14's asyncio.__all__ and says what it is here; what it says is there is
// exported, and what it says is not yet there is not. That the list is CPython's is live.test.ts's to show.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { names } from './files.ts';

const STATES = ['there', 'in another form', 'without sense', 'not yet'];

/** Names that are in asyncio.__all__ only where there are sockets of that kind, and so not in WebAssembly. */
const UNIX = ['open_unix_connection', 'start_unix_server'];

interface Row {
  readonly name: string;
  readonly here: string;
  readonly state: string;
  readonly note: string;
}

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const bare = (cell: string): string => cell.replaceAll('`', '').trim();

const rows: readonly Row[] = read('docs/asyncio.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [name = '', here = '', state = '', note = ''] = line.slice(1, -1).split('|').map(bare);
    return { name, here, state, note };
  });

/** What index.ts exports, types included. */
const exported = new Set(
  [...read('runtime/asyncio/index.ts').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    ),
  ),
);

test('docs/asyncio.md has every name of asyncio.__all__, once, and no other', () => {
  expect(rows.map(({ name }) => name).sort()).toEqual([...names(), ...UNIX].sort());
});

test.each(rows)('$name: $state', ({ name, here, state, note }) => {
  expect(STATES).toContain(state);
  if (state === 'there' || state === 'not yet') {
    const expected = here.toLowerCase() === name.replaceAll('_', '').toLowerCase();
    expect({ name, here, expected }).toEqual({ name, here, expected: true });
  } else expect(note).not.toBe('');
  if (state === 'without sense') expect(here).toBe('');
  // What is there now is no longer "not yet": say so in the table.
  else expect({ here, exported: exported.has(here) }).toEqual({ here, exported: state !== 'not yet' });
});
