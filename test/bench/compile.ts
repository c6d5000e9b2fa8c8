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
/** Five lines that declare and use names of the notebook. */
const STATEMENTS = `const list1: number[] = [1, 2, 3].map((x: number) => x * 1);
let total1 = 0;
for (const x of list1) { if (x > 2) total1 += x; }
class Shape1 { side: number = 1; area(): number { return this.side ** 2; } }
console.log(list1, total1, new Shape1().area());
`;
const functions = (lines: number) => times(lines / 5, (n) => GROUP.replace('group', `group${n}`));
const statements = (lines: number) => times(lines / 5, (n) => STATEMENTS.replaceAll(/(?<=list|total|Shape)1/g, `${n}`));
const times = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n)).join('');
const CELLS: Readonly<Record<string, string>> = {
  'a typed cell of three lines': `const items: { id: number; name: string }[] = [{ id: 1, name: 'one' }];
for (const { id, name } of items) console.log(id, name);
items.length`,
  'one of 100 lines': functions(100),
  'one of 300 lines': functions(300),
  'one of 300 lines full of names': statements(300),
  'one of 3,000 lines': functions(3000),
  'one of 3,000 lines full of names': statements(3000),
};
const WAYS: readonly NonNullable<CompilerOptions['compiler']>[] = ['in-place', 'esbuild'];

/** Measures, and returns the table as Markdown. */
export async function benchCompile(quick: boolean): Promise<string> {
  // As the kernel's compile process does; elsewhere a longer text is parsed in a process of its own.
  parseEverythingHere();
  const results = new Results();
  for (const [title, source] of Object.entries(CELLS)) {
    const runs = (quick ? 60 : 300) / Math.max(1, source.length / 10_000);
    for (let run = 0; run < 20 + runs; run++) {
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
