// What every notebook has: a question, a prediction, a picture, an exercise with its check, references, stored outputs,
// and words that a learner can read.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Cell, dataOf, folder, kindsOf, type Notebook, notebooks, shownBy, sourceOf, tagsOf } from './stored.ts';

/** What nbconvert and Jupyter know; `-` goes on with the slide before. */
const SLIDES: ReadonlySet<string> = new Set(['slide', 'subslide', 'fragment', 'skip', 'notes', '-']);

const codeOf = ({ cells }: Notebook) => cells.filter(({ cell_type }) => cell_type === 'code');
const proseOf = ({ cells }: Notebook) => cells.filter(({ cell_type }) => cell_type === 'markdown');
const headingsOf = (notebook: Notebook) => proseOf(notebook).flatMap((cell) => sourceOf(cell).match(/^#+ .+$/gm) ?? []);

const minutesIn = (notebook: Notebook) => {
  const said = /You need about (\w+) minutes/.exec(sourceOf(notebook.cells[0] as Cell))?.[1] ?? '';
  return 6 + ['six', 'seven', 'eight', 'nine'].indexOf(said);
};

test('the entrance for those who know promises and the twenty-two lessons are in order, each on the contents page with its title, question and minutes', () => {
  expect(notebooks.map(({ name }) => name.slice(0, 2))).toEqual(
    Array.from({ length: 23 }, (_, index) => `${index}`.padStart(2, '0')),
  );
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const rows = readme.split('\n').filter((line) => /^\| \d\d \|/.test(line));
  expect(rows.map((row) => row.slice(2, 4))).toEqual(notebooks.map(({ name }) => name.slice(0, 2)));
  for (const [index, notebook] of notebooks.entries()) {
    const title = headingsOf(notebook)[0]?.replace('# ', '');
    const question = /\*\*The question\.\*\* (.+)/.exec(sourceOf(notebook.cells[0] as Cell))?.[1];
    expect(rows[index]).toBe(
      `| ${notebook.name.slice(0, 2)} | [${title}](${notebook.name}) | ${question} | ${minutesIn(notebook)} |`,
    );
  }
});

describe.each(notebooks)('$name', (notebook) => {
  const { name, cells, metadata } = notebook;

  test('is for our kernel, and its cells are numbered', () => {
    expect(metadata.kernelspec).toMatchObject({ name: 'cokernel', language: 'typescript' });
    expect(cells.map(({ id }) => id)).toEqual(cells.map((_, index) => `cell-${`${index + 1}`.padStart(2, '0')}`));
  });

  test('starts with its title and a question', () => {
    const first = sourceOf(cells[0] as Cell);
    expect(first).toMatch(/^# \S.*\n\n\*\*The question\.\*\* [^\n]*\?/);
    expect(first).toMatch(/You need about (six|seven|eight|nine) minutes/);
  });

  test('asks for a prediction before a cell that runs', () => {
    const asked = cells.flatMap((cell, index) =>
      cell.cell_type === 'markdown' && sourceOf(cell).includes('**Predict') ? index : [],
    );
    expect(asked).not.toEqual([]);
    for (const index of asked) expect(cells[index + 1]?.cell_type).toBe('code');
  });

  test('asks on one slide, and shows what was printed on another', () => {
    const told = cells.flatMap(({ id, metadata }, index) => {
      const before = cells[index - 1];
      const asked = before !== undefined && sourceOf(before).includes('**Predict');
      return asked && !/slide$/.test(metadata.slideshow?.slide_type ?? '') ? id : [];
    });
    expect(told).toEqual([]);
  });

  test('tells the answer only where somebody unfolds it, or under a new heading', () => {
    const open = cells.flatMap((cell, index) => {
      if (cell.cell_type !== 'markdown' || !sourceOf(cell).includes('**Predict')) return [];
      const after = cells.slice(index + 1).find(({ cell_type }) => cell_type === 'markdown');
      return after === undefined || /^(?:## |<details><summary>)/.test(sourceOf(after)) ? [] : after.id;
    });
    expect(open).toEqual([]);
  });

  test('is at most 60 KB', () => {
    expect(readFileSync(join(folder, name)).byteLength).toBeLessThanOrEqual(60 * 1024);
  });

  test('has at least one picture, as text and as HTML', () => {
    const pictures = cells.filter((cell) => dataOf(cell, 'text/html').some((html) => html.includes('class="ck-still')));
    expect(pictures).not.toEqual([]);
    for (const cell of pictures) {
      expect(kindsOf(cell)).toEqual(expect.arrayContaining(['text/plain', 'text/html']));
      expect(tagsOf(cell)).toContain('volatile:output');
    }
  });

  test('has pictures that remain, as images with a text alternative, if a host strips scripts, styles and inline SVG', () => {
    const pictures = cells.flatMap((cell) => dataOf(cell, 'text/html')).filter((html) => /<(script|svg)\b/.test(html));
    expect(pictures).not.toEqual([]);
    for (const html of pictures) {
      const left = html.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, '');
      expect(left).toMatch(/<img [^>]*alt="[^"]{10,}" src="data:image\/svg\+xml,/);
      expect(left).not.toMatch(/<(button|input|select|h\d|section)\b/);
    }
  });

  test('says in which slide each cell is: it begins with one, and a picture has a slide to itself', () => {
    const slides = cells.map(({ metadata }) => metadata.slideshow?.slide_type);
    expect(slides[0]).toBe('slide');
    expect(slides.filter((type) => !SLIDES.has(type ?? ''))).toEqual([]);
    for (const [index, cell] of cells.entries()) {
      if (dataOf(cell, 'text/html').length === 0) continue;
      expect([cell.id, slides[index], slides[index + 1]]).toEqual([
        ...[cell.id, 'subslide', expect.stringMatching(/slide|skip/)],
      ]);
    }
  });

  test('has light pictures, in lines that an editor and a diff can take', () => {
    for (const html of cells.flatMap((cell) => dataOf(cell, 'text/html'))) {
      expect(Buffer.byteLength(html)).toBeLessThan(40 * 1024);
      for (const line of html.split('\n')) expect(line.length).toBeLessThan(4900);
    }
  });

  test('has an unsolved exercise, its check below it, and a solution to unfold', () => {
    const index = cells.findIndex((cell) => tagsOf(cell).includes('exercise'));
    const [task, exercise, check, solution] = cells.slice(index - 1, index + 3) as [Cell, Cell, Cell, Cell];
    expect(sourceOf(task)).toMatch(/^## Exercise\n/);
    expect(tagsOf(check)).toContain('check');
    expect(sourceOf(check)).toMatch(/^import \{ (check\w+) \} from '\.\/checks\.ts';\n\nawait \1\(\w+\);$/);
    expect(shownBy(exercise)).toBe('');
    expect(shownBy(check)).toMatch(/^Not yet: \S/);
    expect(sourceOf(solution)).toMatch(
      /^<details><summary>A solution<\/summary>\n\n```typescript\n[\s\S]+\n```\n[\s\S]*\n<\/details>$/,
    );
  });

  test('ends with references and links to its neighbours, and no link to another notebook is dead', () => {
    const last = sourceOf(cells.at(-1) as Cell);
    const index = notebooks.indexOf(notebook);
    const to = (other: Notebook | undefined) => other && `](${other.name})`;
    expect(last).toMatch(/^## References\n\n(- .*\n)+\n.*\[All lessons\]\(README\.md\).*$/);
    const way = last.split('\n').at(-1);
    for (const side of [to(notebooks[index - 1]), to(notebooks[index + 1])]) expect(way).toContain(side ?? '');
    expect(last).toMatch(/\]\(https:\/\//);
    const links = proseOf(notebook).flatMap((cell) => [...sourceOf(cell).matchAll(/\]\(([^):]+\.ipynb)\)/g)]);
    expect(links.filter(([, file = '']) => !existsSync(join(folder, file)))).toEqual([]);
  });

  test('was run from top to bottom, and failed only where it should', () => {
    const code = codeOf(notebook);
    expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map((_, index) => index + 1));
    for (const cell of code) {
      const [, error] = tagsOf(cell).map((tag) => /^raises:(\w+)$/.exec(tag)?.[1]) ?? [];
      const failed = cell.outputs?.some(({ output_type }) => output_type === 'error') ?? false;
      expect([cell.id, failed]).toEqual([cell.id, tagsOf(cell).includes('raises-exception')]);
      if (failed) expect(shownBy(cell)).toMatch(new RegExp(`^${error}: `, 'm'));
    }
  });

  test('shows no type errors, and nothing of the machine it ran on', () => {
    const shown = codeOf(notebook).map(shownBy).join('\n');
    expect(shown).not.toMatch(/TS\d{4}|\/(home|root|tmp|work|Users)\/|node_modules/);
    expect(name).toMatch(/^\d\d-[a-z-]+\.ipynb$/);
  });

  test('has its headings in order', () => {
    const levels = headingsOf(notebook).map((heading) => heading.indexOf(' '));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  test('has code that fits the page, in cells and in the text', () => {
    const inText = proseOf(notebook).flatMap((cell) => sourceOf(cell).match(/```\w+\n[\s\S]*?```/g) ?? []);
    const lines = [...codeOf(notebook).map(sourceOf), ...inText].flatMap((text) => text.split('\n'));
    const wide = lines.filter((line) => line.length > 80);
    expect(wide).toEqual([]);
  });

  test('is written in short sentences without jargon', () => {
    const sentences = proseOf(notebook).flatMap((cell) => sentencesOf(sourceOf(cell)));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 26)).toEqual([]);
    const jargon = /\b(leverag|utiliz|simply|obviously|trivial|just works|thunk|monad|semantics|idempotent|invok)/i;
    expect(sentences.filter((sentence) => jargon.test(sentence))).toEqual([]);
  });
});

/** The sentences of a cell, without its code, tables and the addresses of links. */
function sentencesOf(text: string): string[] {
  const prose = text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/^\|.*$/gm, '')
    .replace(/^- (Python documentation|\[|[A-Z]\. [A-Z]).*$/gm, '')
    .replace(/\]\([^)]*\)/g, ']');
  return prose
    .split(/\n\n|\n- |\n\d\. |(?<=[.?!:])\s/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
