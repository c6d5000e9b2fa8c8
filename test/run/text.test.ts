// Markdown and percent format compared with jupytext, which defined both: the expectations are the output of jupytext
// 1.19, except that blocks of other languages stay text here.

import { expect, test } from '@jest/globals';
import { tagsOf } from '../../kernel/run/notebook/notebook.ts';
import { readMarkdown } from '../../kernel/run/text/markdown.ts';
import { readPercent } from '../../kernel/run/text/percent.ts';
import type { TextNotebook } from '../../kernel/run/text/text-notebook.ts';

const cellsOf = ({ notebook }: TextNotebook) =>
  notebook.cells.map((cell) => [cell.cell_type, cell.source, ...tagsOf(cell)]);

const markdown = `---
jupyter:
  kernelspec:
    display_name: TypeScript
    language: typescript
    name: cokernel
---

# Title

para one

para two


new cell after two blanks

\`\`\`typescript tags=["skip", "a"]
const x = 1;

const y = 2;
\`\`\`

<!-- #region tags=["keep"] -->
region text


still region
<!-- #endregion -->

<!-- #raw -->
raw text
<!-- #endraw -->

\`\`\`typescript .noeval
shown
\`\`\`

\`\`\`python
print(1)
\`\`\`

- list

  \`\`\`ts
  inside list
  \`\`\`

\`\`\`typescript
last
\`\`\`
`;

test('Markdown: texts, two blank lines, blocks with tags, regions, raw cells, blocks that are shown only', () => {
  expect(cellsOf(readMarkdown(markdown))).toEqual([
    ['markdown', '# Title\n\npara one\n\npara two'],
    ['markdown', 'new cell after two blanks'],
    ['code', 'const x = 1;\n\nconst y = 2;', 'skip', 'a'],
    ['markdown', 'region text\n\n\nstill region', 'keep'],
    ['raw', 'raw text'],
    [
      'markdown',
      '```typescript .noeval\nshown\n```\n\n```python\nprint(1)\n```\n\n- list\n\n  ```ts\n  inside list\n  ```',
    ],
    ['code', 'last'],
  ]);
});

const percent = `// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript
//     language: typescript
//     name: cokernel
// ---

// # plain comment first

const before = 1;

// %% [markdown] tags=["m"]
// # Title
//
// text

// %% a title tags=["skip"]
const x = 1;

const y = 2;

// %% {"tags": ["legacy"]}
x + y

// %% [markdown]
/*
block text
more
*/

// %% [raw]
// raw
// %%
last
`;

test('percent format: titles, tags in both forms, texts as comments, raw cells, text before the first mark', () => {
  expect(cellsOf(readPercent(percent))).toEqual([
    ['code', '// # plain comment first\n\nconst before = 1;'],
    ['markdown', '# Title\n\ntext', 'm'],
    ['code', 'const x = 1;\n\nconst y = 2;', 'skip'],
    ['code', 'x + y', 'legacy'],
    ['markdown', 'block text\nmore'],
    ['raw', 'raw'],
    ['code', 'last'],
  ]);
});

test('a header after a line that names the encoding is not a cell', () => {
  const { notebook, lines } = readPercent(
    '// -*- coding: utf-8 -*-\n// ---\n// jupyter:\n//   kernelspec:\n//     name: other\n// ---\n\n// %%\n"é"\n',
  );
  expect(notebook.metadata).toMatchObject({ kernelspec: { name: 'other' } });
  expect(notebook.cells).toMatchObject([{ source: '"é"' }]);
  expect(lines).toEqual([9]);
  expect(cellsOf(readPercent('// -*- coding: utf-8 -*-\n// %%\n1\n'))).toEqual([['code', '1']]);
});

test.each([
  ['Markdown', readMarkdown, markdown],
  ['percent format', readPercent, percent],
])('each code cell of %s knows the line that it begins on', (_, read, text) => {
  const { notebook, lines } = read(text);
  for (const [index, cell] of notebook.cells.entries()) {
    const line = text.split('\n')[(lines[index] as number) - 1];
    if (cell.cell_type === 'code') expect(line).toBe(cell.source.split('\n')[0]);
  }
});

test("Quarto's blocks have their language in braces and options as comments", () => {
  const text =
    "---\ntitle: Q\njupyter: cokernel\n---\n\n```{typescript}\n//| label: a\n//| tags: [raises-exception, 'x']\nlet n = 1;\n```\n\n```{ts}\n#| eval: false\n#| tags: two\nn\n```\n";
  expect(cellsOf(readMarkdown(text))).toEqual([
    ['code', "//| label: a\n//| tags: [raises-exception, 'x']\nlet n = 1;", 'raises-exception', 'x'],
    ['code', '#| eval: false\n#| tags: two\nn', 'two'],
  ]);
});

test("a header names the notebook's kernel", () => {
  const kernel = (text: string) => (readMarkdown(text).notebook.metadata.kernelspec as { name: string }).name;
  expect(kernel('---\njupyter:\n  kernelspec:\n    display_name: Python 3\n    name: "python3"\n---\n')).toBe(
    'python3',
  );
  expect(kernel('---\njupyter: julia-1.10\n---\n')).toBe('julia-1.10');
  expect(kernel('---\ntitle: none\nname: x\n---\n')).toBe('cokernel');
});

test('texts without marks, unclosed blocks and empty files are notebooks too', () => {
  expect(cellsOf(readPercent('const a = 1;\n\na\n'))).toEqual([['code', 'const a = 1;\n\na']]);
  expect(cellsOf(readMarkdown('```ts\nconst a = 1;'))).toEqual([['code', 'const a = 1;']]);
  expect(cellsOf(readMarkdown('````ts\n```\n````\n'))).toEqual([['code', '```']]);
  expect(cellsOf(readMarkdown(''))).toEqual([]);
});
