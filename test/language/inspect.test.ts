// Inspection, case by case: code with the cursor marked, and what is said in plain text; and its other shapes.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cells, files, table } from './cases/inspect.ts';
import { openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;

beforeAll(async () => {
  notebook = openNotebook({ files });
  for (const cell of cells) await notebook.run(cell);
});
afterAll(() => notebook.end());

for (const [title, cases] of Object.entries(table)) {
  describe(title, () => {
    test.each(Object.entries(cases))('%s', async (code, wanted) => {
      const { found, data, metadata } = await notebook.inspect(code);
      expect(data['text/plain']).toBe(wanted);
      expect({ found, metadata }).toEqual({ found: wanted !== undefined, metadata: {} });
    });
  });
}

test('Markdown has the signature as code and the documentation as written', async () => {
  const { data } = await notebook.inspect('greet‸("a")');
  expect(data['text/markdown']).toBe(
    '```typescript\nfunction greet(name: string, loud?: boolean): string\n```\n\nGreets somebody.\n\n*@param* `name` — who it is\n\n*@param* `loud` — whether to shout\n\n*@returns* — the greeting',
  );
});

describe('detail level 1 adds the definition', () => {
  test.each([
    [
      'of a function of an earlier cell',
      'greet‸',
      'function greet(name: string, loud = false): string {\n  return loud ? name.toUpperCase() : name;\n}',
    ],
    ['of a variable of an earlier cell', 'count‸', 'let count: number | undefined = 3;'],
    ['of a constant of an earlier cell', 'point‸', 'const point = { x: 1, \n  /** upward */\n  y: 2 };'],
    [
      'of a class',
      'Animal‸',
      'class Animal<Kind> {\n  constructor(public kind: Kind) {}\n  /** Makes a sound. */\n  speak(times: number): string { return "" }\n}',
    ],
    ['in a file', 'twice‸', 'export function twice(n: number): number {\n  return n * 2;\n}'],
    ['in the cell itself', 'const here = [1,\n  2];\nhere‸', 'const here = [1,\n  2];'],
    [
      'of a function that is called',
      'greet(‸)',
      'function greet(name: string, loud = false): string {\n  return loud ? name.toUpperCase() : name;\n}',
    ],
  ])('%s', async (_, code, definition) => {
    const { data } = await notebook.inspect(code, 1);
    expect(data['text/plain']).toMatch(`\n\nDefinition:\n${definition}`);
    expect(data['text/markdown']).toMatch(`\n\n**Definition:**\n\`\`\`typescript\n${definition}\n\`\`\``);
  });
});

test('the present value comes below the type', async () => {
  notebook.live.set('point', { text: '{ x: 1, y: 2 }' });
  notebook.live.set('point.x', { text: '1' });
  expect((await notebook.inspect('point‸')).data['text/plain']).toMatch(/A point\.\n\nNow: \{ x: 1, y: 2 \}$/);
  expect((await notebook.inspect('point.x‸')).data['text/markdown']).toMatch(/\n\n\*\*Now:\*\* `1`$/);
});

test('a name that only the running program knows is found there', async () => {
  notebook.live.set('ghost', { text: 'a ghost,\nin two lines' });
  const { found, data } = await notebook.inspect('ghost‸');
  expect({ found, data }).toEqual({
    found: true,
    data: {
      'text/plain': 'Now: a ghost,\nin two lines',
      'text/markdown': '**Now:** \n```typescript\na ghost,\nin two lines\n```',
    },
  });
});
