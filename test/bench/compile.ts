// What it saves to remove types in place: the same cells, compiled in place and through esbuild, alternately in one
// process.

import { type CompilerOptions, createCompiler } from '../../runtime/compile/cell.ts';
import { parseEverythingHere } from '../../runtime/parser.ts';
import { Results, type Row, table } from './table.ts';

const GROUP = `function group<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
`;
const CELLS: Readonly<Record<string, string>> = {
  'a typed cell of three lines': `const items: { id: number; name: string }[] = [{ id: 1, name: 'one' }];
for (const { id, name } of items) console.log(id, name);
items.length`,
  'one of 100 lines': Array.from({ length: 20 }, (_, n) => GROUP.replace('group', `group${n}`)).join(''),
};
const WAYS: readonly NonNullable<CompilerOptions['compiler']>[] = ['in-place', 'esbuild'];

/** Measures, and returns the table as Markdown. */
export async function benchCompile(quick: boolean): Promise<string> {
  // As the kernel's compile process does; elsewhere a longer text is parsed in a process of its own.
  parseEverythingHere();
  const results = new Results();
  for (const [title, source] of Object.entries(CELLS)) {
    for (let run = 0; run < (quick ? 60 : 300); run++) {
      for (const compiler of WAYS) {
        const begun = performance.now();
        await createCompiler({ compiler }).compileCell(source, { name: 'Cell [1]' });
        // The first runs load the parser and start esbuild.
        if (run >= 20) results.add(title, compiler, (performance.now() - begun) / 1000);
      }
    }
  }
  const rows = Object.keys(CELLS).map((title): Row => ({ title: `${title}, compiled`, key: title, unit: 'ms' }));
  return ['### The compiler', '', table(results, rows, WAYS, 'in-place')].join('\n');
}
