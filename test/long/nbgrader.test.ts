// The recipe of docs/nbgrader.md, run as it stands there: its configuration, its cells and its commands. Installs nbgrader
// into an environment of its own, so only with --long.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../browser/lab.ts';
import { type JupyterHome, jupyterHome } from '../jupyter.ts';
import { python } from '../python.ts';

const ifLong = process.env.COKERNEL_LONG && python !== undefined ? test : test.skip;
const NAME = 'greetings';

const recipe = readFileSync(join(root, 'docs', 'nbgrader.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...recipe.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text.trim());

let home: JupyterHome;
let course: string;
beforeAll(async () => {
  if (!process.env.COKERNEL_LONG || python === undefined) return;
  home = await jupyterHome();
  course = join(home.folder, 'course');
  mkdirSync(course);
  run(python, ['-m', 'venv', join(home.folder, 'venv')]);
  run(join(bin(), 'pip'), ['install', '--quiet', 'nbgrader==0.9.*']);
}, 600_000);
afterAll(() => home?.remove());

const bin = (): string => join(home.folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');

function run(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): string {
  const env = { ...home.env, PATH: [bin(), process.env.PATH].join(delimiter), ...more };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: course, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

/** Runs a line of the recipe, such as `COKERNEL_GRADE=1 nbgrader autograde greetings`. */
function command(line: string): void {
  const words = line.split(' ');
  const set = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=') as [string, string]);
  const [program = '', ...args] = words.slice(set.length);
  run(program, args, Object.fromEntries(set));
}

interface Cell {
  readonly source: string | string[];
  readonly outputs: readonly { readonly ename?: string }[];
}
const cellsOf = (path: string): Cell[] => (JSON.parse(readFileSync(path, 'utf8')) as { cells: Cell[] }).cells;
const textOf = ({ source }: Cell): string => [source].flat().join('');

function writeSource(answer: string, check: string, tests: string): void {
  const folder = join(course, 'source', NAME);
  for (const name of ['checks.ts', 'checks']) {
    cpSync(join(root, 'notebooks', name), join(folder, name), { recursive: true });
  }
  const imports = "import { coroutine, sleep } from 'cokernel';\nimport { checkGreet } from './checks.ts';";
  const plain = { grade: false, solution: false, locked: false, task: false };
  const graded = { ...plain, grade: true, locked: true };
  const cells = [
    [imports, undefined],
    [answer, { ...plain, solution: true }],
    [check, { ...graded, points: 2 }],
    [tests, { ...graded, points: 3 }],
  ] as const;
  const notebook = {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: 'cokernel', display_name: 'TypeScript (cokernel)', language: 'typescript' } },
    cells: cells.map(([source, nbgrader], at) => ({
      ...{ cell_type: 'code', id: `cell-${at}`, execution_count: null, outputs: [], source },
      metadata:
        nbgrader === undefined
          ? {}
          : { nbgrader: { schema_version: 3, cell_type: 'code', grade_id: `cell-${at}`, ...nbgrader } },
    })),
  };
  writeFileSync(join(folder, 'greet.ipynb'), JSON.stringify(notebook));
}

/** Hands in a copy of the released notebook, with an answer. */
function handIn(learner: string, body: string): void {
  const folder = join(course, 'submitted', learner, NAME);
  cpSync(join(course, 'release', NAME), folder, { recursive: true });
  const path = join(folder, 'greet.ipynb');
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as { cells: { source: string }[] };
  const [, answer] = notebook.cells;
  if (answer === undefined) throw new Error('the cell of the answer was expected second');
  answer.source = `const greet = coroutine(async (name: string) => {\n${body}\n});`;
  writeFileSync(path, JSON.stringify(notebook));
}

ifLong(
  'nbgrader hands out, collects and grades with hidden tests, and each gets the points of what is right',
  () => {
    const [answer = '', check = '', tests = ''] = blocks('ts');
    const [create = '', grade = ''] = blocks('sh');
    writeFileSync(join(course, 'nbgrader_config.py'), blocks('python')[0] ?? '');
    mkdirSync(join(course, 'source', NAME), { recursive: true });
    writeSource(answer, check, tests);
    command(create);
    const released = cellsOf(join(course, 'release', NAME, 'greet.ipynb')).map(textOf);
    expect(released[1]).toContain("throw new Error('not written yet');");
    expect(released.join()).not.toMatch(/await sleep|Zoë|SOLUTION|HIDDEN/);
    handIn('right', '  await sleep(0.1);\n  return "Hello, " + name;');
    handIn('early', '  return "Hello, " + name;');
    handIn('wrong', '  await sleep(0.1);\n  return "Hi, " + name;');
    cpSync(join(course, 'release', NAME), join(course, 'submitted', 'empty', NAME), { recursive: true });
    for (const line of grade.split('\n')) command(line);
    const [, ...rows] = readFileSync(join(course, 'grades.csv'), 'utf8').trim().split('\n');
    const points = rows.map((row) => row.split(',')).map((row) => [row[3], row[9], row[10]]);
    expect(points.sort()).toEqual([
      ['early', '3.0', '5.0'],
      ['empty', '0.0', '5.0'],
      ['right', '5.0', '5.0'],
      ['wrong', '0.0', '5.0'],
    ]);
    const errors = cellsOf(join(course, 'autograded', 'wrong', NAME, 'greet.ipynb')).map(({ outputs }) =>
      outputs.flatMap(({ ename }) => ename ?? []),
    );
    expect(errors).toEqual([[], [], ['NotYet'], ['AssertionError']]);
  },
  900_000,
);
