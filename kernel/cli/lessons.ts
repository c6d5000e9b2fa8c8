// `cokernel lessons [FOLDER]`: copies the lessons to where somebody works on them, without outputs. What the learner has
// changed stays; what is unchanged since the last copy is brought up to date, or removed if there is no such lesson now.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { makeFolder } from '../../runtime/make-folder.ts';
import { packageFolder } from '../install/package.ts';

/** What the last copy wrote: the mark of each file, by its path in the folder. */
const MARKS = '.cokernel-lessons.json';

/** What the lessons consist of. */
const OURS = /^[\w-]+\.(ipynb|md|ts)$|^checks\/[\w-]+\.ts$/;

/** The settings of TypeScript for a learner's cells: strict, but nothing that a first lesson would have to explain. */
const SETTINGS = {
  compilerOptions: {
    target: 'esnext',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
};

/** Copies the lessons into a folder, and says what happened to them. */
export function copyLessons(folder: string): string {
  const target = resolve(folder);
  const marks = readMarks(target);
  const kept: string[] = [];
  let written = 0;
  const files = lessons();
  removeFormer(target, marks, new Set(files.map(([name]) => name)));
  for (const [name, text] of files) {
    const path = join(target, name);
    const mark = markOf(name, text);
    const present = existsSync(path) ? markOf(name, readFileSync(path, 'utf8')) : undefined;
    // Outputs of a lesson that has only been run are the learner's, and stay.
    if (present !== mark) {
      if (present !== undefined && present !== marks[name]) {
        kept.push(name);
        continue;
      }
      makeFolder(join(path, '..'));
      writeFileSync(path, text);
      written++;
    }
    marks[name] = mark;
  }
  writeFileSync(join(target, MARKS), `${JSON.stringify(marks, null, 1)}\n`);
  const where = relative(process.cwd(), target) || '.';
  const changed = kept.length === 0 ? '' : ` Yours, and left as they are: ${kept.join(', ')}.`;
  return `The lessons are in ${where}: ${written === 0 ? 'nothing is new' : `${written} files written`}.${changed}`;
}

/** Removes what an earlier copy wrote and this one would not, such as a lesson under its former number, if it is unchanged. */
function removeFormer(target: string, marks: Record<string, string>, names: ReadonlySet<string>): void {
  for (const name of Object.keys(marks).filter((one) => OURS.test(one) && !names.has(one))) {
    const path = join(target, name);
    if (existsSync(path) && markOf(name, readFileSync(path, 'utf8')) === marks[name]) rmSync(path);
    delete marks[name];
  }
}

/** The name and the text of each file that a learner needs. */
function lessons(): readonly (readonly [name: string, text: string])[] {
  const source = join(packageFolder(), 'notebooks');
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => OURS.test(name))
    .sort();
  const files = names.map((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    return [name, name.endsWith('.ipynb') ? withoutOutputs(text) : text] as const;
  });
  return [...files, ['tsconfig.json', `${JSON.stringify(SETTINGS, null, 2)}\n`]];
}

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

function cellsOf(text: string): readonly Cell[] {
  return (JSON.parse(text) as { readonly cells: readonly Cell[] }).cells;
}

function withoutOutputs(text: string): string {
  const cells = cellsOf(text).map((cell) =>
    cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell,
  );
  return `${JSON.stringify({ ...JSON.parse(text), cells }, null, 1)}\n`;
}

/** The same for two texts that differ only in what Jupyter writes by itself: outputs, numbers, the order of keys. */
function markOf(name: string, text: string): string {
  return createHash('sha256')
    .update(name.endsWith('.ipynb') ? sourcesOf(text) : text)
    .digest('hex');
}

function sourcesOf(text: string): string {
  try {
    return JSON.stringify(cellsOf(text).map(({ cell_type, source }) => [cell_type, [source].flat().join('')]));
  } catch {
    return text;
  }
}

function readMarks(folder: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(folder, MARKS), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
