// `cokernel test` from outside: what passes, what fails and how that is reported, and what --update writes.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cokernel } from '../cli/cokernel.ts';
import { type Bench, bench, type CellSketch, result, sketch, stdout } from './notebook.ts';

async function judge(cells: readonly (string | CellSketch)[], ...options: string[]) {
  using folder = bench();
  return await folder.test(folder.write('a.ipynb', sketch(cells)), ...options);
}

test('stored outputs that come out again pass; counts, colours and the pieces of a stream do not count', async () => {
  const ended = await judge([
    { source: "console.log('a');\nconsole.log('b');", outputs: [stdout('a\n'), stdout('b\n')] },
    { source: '42', outputs: [result('42')] },
    { source: 'const silent = 1;' },
    { source: "console.log('\\u001b[31mred\\u001b[0m')", outputs: [stdout('red\n')] },
  ]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toContain('4 passed');
});

test('a cell whose outputs differ fails with a diff, and later cells are judged too', async () => {
  const ended = await judge([
    { source: "console.log('one');\nconsole.log('two');\nconsole.log('three');", outputs: [stdout('one\n2\nthree\n')] },
    { source: '42', outputs: [result('41')] },
    { source: "console.log('new')" },
    { source: "'fine'", outputs: [result("'fine'")] },
  ]);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain('1 passed, 3 failed');
  expect(ended.stdout).toMatch(/ {2}one\n\s*- 2\n\s*\+ two\n\s* {2}three/);
  expect(ended.stdout).toMatch(/\[result text\/plain\]\n\s*- 41\n\s*\+ 42/);
  expect(ended.stdout).toMatch(/\+ \[stdout\]\n\s*\+ new/);
});

test('`...` in a stored text matches anything, and nothing else is loosened by it', async () => {
  const ended = await judge([
    { source: "console.log('took', 123, 'steps')", outputs: [stdout('took ... steps\n')] },
    { source: "console.log('a\\nb\\nc')", outputs: [stdout('a\n...\nc\n')] },
    { source: "console.log('aXb')", outputs: [stdout('a...c\n')] },
    { source: "console.log('ab')", outputs: [stdout('ab...ab\n')] },
  ]);
  expect(ended.stdout).toContain('2 passed, 2 failed');
});

test('in HTML `...` is plain text unless the cell is tagged ellipsis', async () => {
  const source = "display({ 'text/html': '<b>1</b>' }, { raw: true })";
  const outputs = [{ output_type: 'display_data', metadata: {}, data: { 'text/html': '<b>...</b>' } }];
  expect((await judge([{ source, outputs }])).code).toBe(1);
  expect((await judge([{ source, outputs, tags: ['ellipsis'] }])).code).toBe(0);
});

test('normalize, volatile and skip', async () => {
  const ended = await judge([
    { source: "console.log('a   b\\nc')", outputs: [stdout('a b c')], tags: ['normalize'] },
    {
      source: "console.log('took 0.52 s at 12:03:44, <x at 0x1f>, localhost:8080, 2026-01-02T03:04:05Z')",
      outputs: [stdout('took 1.5 s at 9:59:00, <x at 0x99ab>, localhost:1234, 2025-12-31T00:00:00.123Z\n')],
      tags: ['volatile'],
    },
    { source: "console.log('7 of 8')", outputs: [stdout('1 of 2\n')], tags: ['volatile:numbers'] },
    { source: 'console.log(Math.random())', outputs: [stdout('x\n')], tags: ['volatile:output'] },
    { source: "throw new Error('not run')", outputs: [stdout('kept\n')], tags: ['skip'] },
    { source: "console.log('7 apples in 2 s')", outputs: [stdout('8 apples in 3 s\n')], tags: ['volatile'] },
  ]);
  expect(ended.stdout).toContain('4 passed, 1 failed, 1 skipped');
  expect(ended.stdout).toContain('+ 7 apples in 2 s');
});

test('errors that are stored or announced by a tag pass; others fail with their traceback', async () => {
  const error = (ename: string, evalue: string) => ({ output_type: 'error', ename, evalue, traceback: ['elsewhere'] });
  const ended = await judge([
    { source: "throw new TypeError('no')", tags: ['raises:TypeError'] },
    { source: "throw new TypeError('no')", outputs: [error('TypeError', 'no')] },
    { source: "throw new TypeError('no 17')", outputs: [error('TypeError', 'no ...')], tags: ['raises-exception'] },
    { source: "throw new TypeError('no')", tags: ['raises:RangeError'] },
    { source: '1', outputs: [result('1')], tags: ['raises:RangeError'] },
    { source: "throw new TypeError('other')", outputs: [error('TypeError', 'no')] },
    { source: "throw new EvalError('surprise')" },
  ]);
  expect(ended.stdout).toContain('3 passed, 4 failed');
  expect(ended.stdout).toContain('should raise RangeError, but raised TypeError: no');
  expect(ended.stdout).toContain('should raise RangeError, but raised nothing');
  expect(ended.stdout).toMatch(/- TypeError: no\n\s*\+ TypeError: other/);
  expect(ended.stdout).toContain('raised EvalError: surprise');
  expect(ended.stdout).toContain('Cell [7]:1');
});

test("nbval's tags work, and with --lax only cells tagged check-output are compared", async () => {
  const wrong = { source: "console.log('a')", outputs: [stdout('b\n')] };
  const cells = [
    { ...wrong, tags: ['nbval-ignore-output'] },
    { ...wrong, source: "throw new Error('run')", tags: ['nbval-skip'] },
    { source: "throw new Error('x')", tags: ['nbval-raises-exception'] },
    { source: '1', outputs: [result('1')], tags: ['nbval-check-output'] },
    wrong,
  ];
  expect((await judge(cells)).stdout).toContain('3 passed, 1 failed, 1 skipped');
  expect((await judge(cells, '--lax')).stdout).toContain('4 passed, 1 skipped');
  const lax = await judge([{ ...wrong, tags: ['check-output'] }, { source: 'nowhere' }], '--lax');
  expect(lax.stdout).toContain('0 passed, 2 failed');
});

test('whatever the expressions of a --sanitize file match may differ in every cell', async () => {
  using folder = bench();
  const file = folder.write(
    'masks.ini',
    '; as nbval has it\r\n[ids]\r\nregex: id=(?P<kind>[a-z]+)\\d+\r\nreplace: id=\\g<kind>N\r\n\r\n[money]\nregex = \\d+ €\nreplace = $ \\0\n',
  );
  const cells = [
    { source: "console.log('id=ab12, 5 €')", outputs: [stdout('id=ab99, 7 €\n')] },
    { source: "console.log('id=cd12')", outputs: [stdout('id=ab12\n')] },
  ];
  const ended = await folder.test(folder.write('a.ipynb', sketch(cells)), '--sanitize', file);
  expect(ended.stdout).toContain('1 passed, 1 failed');
  for (const [text, said] of [
    ['[a]\nregexp: x', ":2 contains 'regexp: x'"],
    ['[a]\nreplace: x', ' lacks a line regex: … under [a]'],
    ['[a]\nregex: (', ', [a]: Invalid regular expression'],
  ] as const) {
    folder.write('masks.ini', text);
    const refused = await folder.test(join(folder.path, 'a.ipynb'), '--sanitize', file);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`${file}${said}`);
  }
  const missing = await folder.test(join(folder.path, 'a.ipynb'), '--sanitize', `${file}x`);
  expect(missing.stderr).toContain('which does not exist.');
});

async function updated(folder: Bench, cells: readonly CellSketch[]) {
  return folder.test(folder.write('a.ipynb', sketch(cells)), '--update');
}

test('--update stores outputs that differ, keeps those that match with their `...`, and then all passes', async () => {
  using folder = bench();
  const first = await updated(folder, [
    { source: "console.log('took 5')", outputs: [stdout('took ...\n')] },
    { source: '42', outputs: [result('41')] },
  ]);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('updated 1 cell');
  const { cells } = folder.notebook('a.ipynb');
  expect(cells[0]).toMatchObject({ execution_count: 1, outputs: [{ text: ['took ...\n'] }] });
  expect(cells[1]).toMatchObject({ execution_count: 2, outputs: [{ data: { 'text/plain': ['42'] } }] });
  expect(first.stdout).not.toContain("'...'");
  const once = folder.read('a.ipynb');
  expect((await folder.test(join(folder.path, 'a.ipynb'), '--update')).code).toBe(0);
  expect(folder.read('a.ipynb')).toBe(once);
});

test("--update says in which cells a '...' was lost", async () => {
  using folder = bench();
  const { code, stdout: said } = await updated(folder, [
    { source: "console.log('took 5')", outputs: [stdout('took ... seconds\n')] },
  ]);
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining("outputs of [1] contained '...', which is now gone"),
  });
});

test('--update leaves a notebook alone that was changed while it ran', async () => {
  using folder = bench();
  const code = `require('node:fs').appendFileSync('a.ipynb', ' '); 6 * 7`;
  const { code: exit, stdout: said } = await updated(folder, [{ source: code, outputs: [result('41')] }]);
  expect({ exit, said }).toEqual({
    exit: 1,
    said: expect.stringContaining('it was changed while it ran, and not updated'),
  });
  expect(folder.read('a.ipynb').endsWith(' ')).toBe(true);
  expect(folder.notebook('a.executed.ipynb').cells[0].outputs[0].data['text/plain']).toEqual(['42']);
});

test('--update never stores an error that no tag announces', async () => {
  using folder = bench();
  for (const source of ["throw new Error('x')", "Promise.reject(new Error('x')); undefined"]) {
    const ended = await updated(folder, [{ source: '42', outputs: [result('41')] }, { source }]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('raised Error: x');
    expect(ended.stdout).toContain('Not updated, because it fails');
  }
  expect(folder.notebook('a.ipynb').cells[0].outputs[0].data['text/plain']).toBe('41');
});

test('the XML report and the annotations name the file, the line and the cell', async () => {
  using folder = bench();
  const name = folder.write(
    'a.md',
    '# Title\n\n```ts\n1 + 1\n```\n\n```ts\nthrow new Error(\'a < b & "c"\\n100%\')\n```\n',
  );
  const report = join(folder.path, 'report.xml');
  const ended = await folder.test(name, '--junit', report, '--github');
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(
    /^::error file=.*a\.md,line=8,title=Cell \[2\] throw.*::raised Error: a < b & "c"%0A100%25/m,
  );
  const xml = folder.read('report.xml');
  expect(xml).toContain('<testsuites name="cokernel test" tests="2" failures="1" errors="0"');
  expect(xml).toContain('<failure type="Error" message="raised Error: a &lt; b');
  expect(xml).toContain('a &lt; b &amp; &quot;c&quot;&#10;100%');
});

test('a report has only what the schema of JUnit reports allows', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch(['1', { source: '2', tags: ['skip'] }, '"\u0000\u001b[31m<&>"', "throw new Error('x')"]),
  );
  await folder.test(name, '--junit', join(folder.path, 'report.xml'));
  // Elements and their attributes (the first ones required) in junit-10.xsd of Jenkins' xUnit plugin.
  const schema: Readonly<Record<string, readonly string[]>> = {
    testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
    testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'file', 'timestamp', 'hostname'],
    testcase: ['name', 'classname', 'time'],
    failure: ['type', 'message'],
    skipped: ['type', 'message'],
  };
  const xml = folder.read('report.xml');
  const elements = [...xml.matchAll(/<(\w+)((?: \w+="[^"<]*")*)\/?>/g)];
  expect(elements.map(([, element]) => element)).toEqual([
    'testsuites',
    'testsuite',
    ...['testcase', 'failure', 'testcase', 'skipped', 'testcase', 'failure', 'testcase', 'failure'],
  ]);
  for (const [, element = '', attributes = ''] of elements) {
    const names = [...attributes.matchAll(/ (\w+)=/g)].map(([, attribute]) => attribute);
    expect(schema[element]).toEqual(expect.arrayContaining(names));
    if (element.startsWith('testsuite')) expect(names).toEqual(expect.arrayContaining(['name', 'tests', 'errors']));
  }
  expect(xml).toMatch(/tests="4" failures="3" errors="0" skipped="1" time="\d+\.\d{3}"/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be in it
  expect(xml).not.toMatch(/[\x00-\x08\x1b]/);
});

test("annotations name the file relative to the repository's root, whichever folder the step runs in", async () => {
  using folder = bench();
  mkdirSync(join(folder.path, 'deep'));
  const name = folder.write('deep/a.md', '```ts\nnowhere\n```\n');
  const ended = await cokernel(['test', name, '--github'], { GITHUB_WORKSPACE: folder.path });
  expect(ended.stdout).toMatch(/^::error file=deep\/a\.md,line=2,/m);
});

test('the annotation of a cell in an .ipynb names the line where its source begins', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['const x = 1;', 'x']));
  await folder.run(name, '--inplace');
  const text = folder.read('a.ipynb').replace('"1"', '"2"');
  folder.write('a.ipynb', text);
  const line = text.split('\n').findIndex((found) => found.includes('"x"')) + 1;
  expect((await folder.test(name, '--github')).stdout).toContain(`a.ipynb,line=${line},`);
});
