// The Python beside the TypeScript is Python: it compiles, as a cell of a notebook in Python would; and where it shows a
// mistake that Python finds before it runs, Python says what the text says.

import { expect } from '@jest/globals';
import { runPython, testWithPython } from '../python.ts';
import { notebooks, sourceOf } from './stored.ts';

const COMPILE = `
import ast, json, sys
for name, block in json.loads(sys.argv[1]):
    try:
        compile(block, name, 'exec', flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        print(name, error.msg)
`;

testWithPython('every piece of Python compiles, but for the one mistake that is shown', async () => {
  const blocks = notebooks.flatMap(({ name, cells }) =>
    cells
      .filter(({ cell_type }) => cell_type === 'markdown')
      .flatMap((cell) => [...sourceOf(cell).matchAll(/```python\n([\s\S]*?)```/g)])
      .map(([, block]) => [name, block] as const),
  );
  expect(blocks.length).toBeGreaterThan(10);
  const { code, output } = await runPython(['-c', COMPILE, JSON.stringify(blocks)]);
  expect([code, output]).toEqual([0, "07-errors.ipynb 'await' outside async function\n"]);
  expect(blocks.find(([name]) => name.startsWith('07'))?.[1]).toContain("SyntaxError: 'await' outside async function");
});
