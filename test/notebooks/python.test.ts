// The Python shown beside the TypeScript is valid: it compiles as a cell of a Python notebook would. Where it shows a
// mistake on purpose, Python reports what the text says.

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

testWithPython('every piece of Python compiles, apart from the one mistake that is shown on purpose', async () => {
  const blocks = notebooks.flatMap(({ name, cells }) =>
    cells
      .filter(({ cell_type }) => cell_type === 'markdown')
      .flatMap((cell) => [...sourceOf(cell).matchAll(/```python\n([\s\S]*?)```/g)])
      .map(([, block]) => [name, block] as const),
  );
  expect(blocks.length).toBeGreaterThan(10);
  const { code, output } = await runPython(['-c', COMPILE, JSON.stringify(blocks)]);
  expect([code, output]).toEqual([0, "09-errors.ipynb 'await' outside async function\n"]);
  expect(blocks.find(([name]) => name.startsWith('09'))?.[1]).toContain("SyntaxError: 'await' outside async function");
});
