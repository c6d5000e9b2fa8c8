// `cokernel run` from outside: what it writes, what it says and what it leaves alone.

import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cli, cokernel } from '../cli/cokernel.ts';
import { SERVER_PID, stopServer } from '../typescript-server.ts';
import { bench, sketch, stdout } from './notebook.ts';

/** Of a table whose rows show the same, the first; with --long all. */
const some = <T>(table: readonly T[]): readonly T[] => (process.env.COKERNEL_LONG ? table : table.slice(0, 1));

test('a notebook is executed into another folder, with its outputs, counts and metadata', async () => {
  using folder = bench();
  const kept = { authors: [{ name: 'Ada' }], mine: { deep: [1, { x: true }] } };
  const name = folder.write(
    'a.ipynb',
    sketch([{ kind: 'markdown', source: '# Title' }, "console.log('one');\nconsole.log('two');", '40 + 2'], kept),
  );
  const before = folder.read('a.ipynb');
  const ended = await folder.run(name, '--out', join(folder.path, 'out'));
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toContain('✓');
  const { cells, metadata } = folder.notebook('out/a.ipynb');
  expect(metadata).toMatchObject(kept);
  expect(metadata.language_info.name).toBe('typescript');
  expect(cells[1]).toMatchObject({ execution_count: 1, outputs: [{ name: 'stdout', text: ['one\n', 'two\n'] }] });
  expect(cells[2]).toMatchObject({
    execution_count: 2,
    outputs: [{ output_type: 'execute_result', data: { 'text/plain': ['42'] } }],
  });
  expect(folder.read('a.ipynb')).toBe(before);
});

test('a notebook of another kernel of JavaScript runs, and is not told to type its parameters', async () => {
  using folder = bench({ types: true });
  const javascript = {
    kernelspec: { name: 'javascript', display_name: 'Javascript (Node.js)', language: 'javascript' },
  };
  const cells = ['const twice = (x) => 2 * x', 'twice(21)', 'const n = 1; n.trim'];
  const name = folder.write('a.ipynb', sketch(cells, javascript));
  const typed = folder.write(
    'b.ipynb',
    sketch(cells, { kernelspec: { name: 'deno', language: 'typescript', display_name: 'Deno' } }),
  );
  expect(await folder.run(name, typed, '--out', join(folder.path, 'out'))).toMatchObject({ code: 0, stderr: '' });
  const said = (file: string) =>
    folder
      .notebook(`out/${file}`)
      .cells.flatMap((cell: { outputs: { text?: string[] }[] }) =>
        cell.outputs.flatMap(({ text = [] }) => text.join('').match(/TS\d+/g) ?? []),
      );
  expect(folder.notebook('out/a.ipynb').metadata).toMatchObject(javascript);
  expect(said('a.ipynb')).toEqual(['TS2339']);
  expect(said('b.ipynb')).toEqual(['TS7006', 'TS2339']);
});

test("a cell that says eval: false in Quarto's way is not run, and one with other options is", async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch(['#| eval: false\nthrow 1', '#| label: two\n#| echo: false\n1 + 1', '//| eval: false\nthrow 2']),
  );
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0, stderr: '' });
  const outputs = folder
    .notebook('a.ipynb')
    .cells.map((cell: { outputs: { data: object }[] }) => cell.outputs.map(({ data }) => data));
  expect(outputs).toEqual([[], [{ 'text/plain': ['2'] }], []]);
});

test('with --format json each event is a line: cells with outputs, type errors among them, notebooks and the total', async () => {
  using folder = bench({ types: true });
  const good = folder.write(
    'a.ipynb',
    sketch(['console.log(1); const n: string = 2; n', '', { source: '3', tags: ['skip'] }]),
  );
  const bad = folder.write('b.ipynb', sketch(["throw new TypeError('no')", '4']));
  const { code, stdout: printed } = await folder.run(good, bad, '--format', 'json');
  expect(code).toBe(1);
  const events = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [first, empty, skipped, ended, failed, broken, total] = events;
  expect(events).toHaveLength(7);
  expect(first).toMatchObject({ event: 'cell', notebook: good, index: 0, id: 'c0', status: 'ok', execution_count: 1 });
  const kinds = first.outputs.map(
    ({ output_type, name }: { output_type: string; name?: string }) => name ?? output_type,
  );
  expect(kinds).toEqual(['stdout', 'execute_result', 'stderr']);
  expect(empty).toMatchObject({ index: 1, status: 'skipped', reason: 'empty' });
  expect(skipped).toMatchObject({ index: 2, status: 'skipped', reason: 'tag' });
  expect(ended).toEqual({ event: 'notebook', notebook: good, ok: true });
  expect(failed).toMatchObject({ notebook: bad, status: 'error', error: { ename: 'TypeError', evalue: 'no' } });
  expect(broken).toMatchObject({
    event: 'notebook',
    ok: false,
    error: expect.stringMatching(/^Cell \[1\] failed:\nTypeError: no/),
  });
  expect(total).toMatchObject({ event: 'total', notebooks: 2, failed: 1, seconds: expect.any(Number) });
});

test('in place, a second run changes no byte', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(["console.log('é 🙂')", '({ a: 1 })']));
  chmodSync(name, 0o640);
  expect((await folder.run(name, '--inplace')).code).toBe(0);
  const once = folder.read('a.ipynb');
  expect(once).toContain('"é 🙂\\n"');
  expect((await folder.run(name, '--inplace')).code).toBe(0);
  expect(folder.read('a.ipynb')).toBe(once);
  expect(statSync(name).mode & 0o777).toBe(0o640);
  expect(folder.names()).toEqual(['a.ipynb']);
});

test('a link stays a link: the file behind it is written', async () => {
  using folder = bench();
  const name = folder.write('real.ipynb', sketch(['1']));
  symlinkSync(name, join(folder.path, 'link.ipynb'));
  expect((await folder.run(join(folder.path, 'link.ipynb'), '--inplace')).code).toBe(0);
  expect(folder.notebook('real.ipynb').cells[0].execution_count).toBe(1);
  expect(folder.names()).toEqual(['link.ipynb', 'real.ipynb']);
});

test('a notebook that changes while it is executed is left alone, and what was executed is written beside it', async () => {
  using folder = bench();
  const edited = '{"edited": "by somebody"}';
  const name = folder.write('a.ipynb', sketch([`require('node:fs').writeFileSync('a.ipynb', '${edited}'); 6 * 7`]));
  const { code, stdout: shown, stderr } = await folder.run(name, '--inplace', '--html');
  const beside = join(folder.path, 'a.executed.ipynb');
  expect({ code, shown, stderr }).toEqual({
    code: 1,
    // On a terminal the sentence of stderr comes between: it has a line to itself.
    shown: expect.stringMatching(/^\.\n✗ /),
    stderr: `cokernel: ${name} was changed while it was executed, and is left as it is. What was executed is in ${beside}.\n`,
  });
  expect(folder.read('a.ipynb')).toBe(edited);
  expect(folder.notebook('a.executed.ipynb').cells[0].outputs[0].data['text/plain']).toEqual(['42']);
  expect(folder.names()).toEqual(['a.executed.ipynb', 'a.ipynb']);
});

test('what was executed replaces nothing that is there already, nor what a link leads to', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch([`require('node:fs').appendFileSync('a.ipynb', ' '); 6 * 7`]));
  folder.write('a.executed.ipynb', 'of an earlier run');
  const real = folder.write('real.txt', 'behind a link');
  symlinkSync(real, join(folder.path, 'a.executed-2.ipynb'));
  symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'a.executed-3.ipynb'));
  const { stderr } = await folder.run(name, '--inplace');
  expect(stderr).toContain(`What was executed is in ${join(folder.path, 'a.executed-4.ipynb')}.`);
  expect([folder.read('a.executed.ipynb'), folder.read('real.txt')]).toEqual(['of an earlier run', 'behind a link']);
  expect(folder.notebook('a.executed-4.ipynb').cells[0].outputs[0].data['text/plain']).toEqual(['42']);
  expect(folder.names()).not.toContain('nowhere');
});

test('a notebook that is removed while it is executed does not come back', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch([`require('node:fs').rmSync('a.ipynb')`]));
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 1 });
  expect(folder.names()).toEqual(['a.executed.ipynb']);
});

test.each(
  some([
    ['a named pipe', "require('node:child_process').execSync('mkfifo a.ipynb')"],
    ['a folder', "require('node:fs').mkdirSync('a.ipynb')"],
  ]),
)('where %s takes the place of the notebook meanwhile, what was executed is written beside it', async (_, code) => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch([`require('node:fs').rmSync('a.ipynb'); ${code}; 6 * 7`]));
  const { code: status, stderr } = await folder.run(name, '--inplace');
  expect([status, stderr]).toEqual([1, expect.stringContaining('a.executed.ipynb')]);
  expect(folder.notebook('a.executed.ipynb').cells[0].outputs[0].data['text/plain']).toEqual(['42']);
});

test('a file with two names keeps both', async () => {
  using folder = bench();
  const long = { source: '6 * 7', outputs: [stdout('a text that the new one does not hold'.repeat(50))] };
  const name = folder.write('a.ipynb', sketch([long]));
  linkSync(name, join(folder.path, 'b.ipynb'));
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0 });
  expect(folder.read('b.ipynb')).toBe(folder.read('a.ipynb'));
  expect(folder.notebook('b.ipynb').cells[0].outputs[0].data['text/plain']).toEqual(['42']);
  expect(folder.names()).toEqual(['a.ipynb', 'b.ipynb']);
});

// Only the superuser may give a file away.
(process.getuid?.() === 0 ? test : test.skip)('a file keeps its owner and its mode', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['6 * 7']));
  chownSync(name, 1234, 2345);
  chmodSync(name, 0o664);
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0 });
  const { uid, gid, mode } = statSync(name);
  expect([uid, gid, mode & 0o777]).toEqual([1234, 2345, 0o664]);
  expect(folder.notebook('a.ipynb').cells[0].execution_count).toBe(1);
});

test('the temporary file of a killed run is removed by the next, and that of a running one is not', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['6 * 7']));
  const ended = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => ended.once('exit', resolve));
  folder.write(`.a.ipynb-${ended.pid}-0123abcd`, 'half');
  folder.write(`.a.ipynb-${process.pid}-0123abcd`, 'half');
  folder.write(`.b.ipynb-${ended.pid}-0123abcd`, 'of another notebook');
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0 });
  expect(folder.names()).toEqual([`.a.ipynb-${process.pid}-0123abcd`, `.b.ipynb-${ended.pid}-0123abcd`, 'a.ipynb']);
});

test('a failing cell: exit code 1, its traceback, nothing after it run, nothing written', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch(['const x = 1;', "throw new RangeError('too far');", "console.log('never')"]),
  );
  const before = folder.read('a.ipynb');
  const { code, stdout: said } = await folder.run(name, '--inplace', '--html');
  expect(code).toBe(1);
  expect(said).toMatch(/✗ .*a\.ipynb {2}2 cells/);
  expect(said).toContain('Cell [2] failed');
  expect(said).toContain('RangeError: too far');
  expect(said).toContain('Cell [2]:1');
  expect(folder.read('a.ipynb')).toBe(before);
  expect(folder.names()).toEqual(['a.ipynb']);
});

test('it goes on after cells that may fail, and with --allow-errors after any cell', async () => {
  using folder = bench();
  const failing = "throw new RangeError('too far');";
  const plain = folder.write('a.ipynb', sketch([failing, "console.log('after')"]));
  const tagged = folder.write(
    'b.ipynb',
    sketch([
      { source: failing, tags: ['raises-exception'] },
      { source: failing, tags: ['raises:RangeError'] },
      "console.log('after')",
    ]),
  );
  const out = join(folder.path, 'out');
  expect((await folder.run(plain, '--allow-errors', '--out', out)).code).toBe(0);
  expect((await folder.run(tagged, '--out', out)).code).toBe(0);
  expect(folder.notebook('out/a.ipynb').cells[0].outputs[0]).toMatchObject({
    output_type: 'error',
    ename: 'RangeError',
  });
  expect(folder.notebook('out/b.ipynb').cells[2].outputs).toMatchObject([{ text: ['after\n'] }]);
});

test('cells tagged skip or skip-execution are not run and keep their outputs', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch([
      { source: "throw new Error('run')", tags: ['skip'], outputs: [stdout('kept\n')] },
      { source: "throw new Error('run')", tags: ['skip-execution'] },
      '1',
    ]),
  );
  expect((await folder.run(name, '--inplace')).code).toBe(0);
  expect(folder.notebook('a.ipynb').cells[0].outputs).toMatchObject([{ text: ['kept\n'] }]);
  expect(folder.notebook('a.ipynb').cells[2].execution_count).toBe(1);
});

test('parameters of each type come after the cell tagged parameters, and a later run replaces them', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch([
      { source: "let n = 1;\nlet name = 'default';", tags: ['parameters'] },
      'console.log(typeof n, n, name, list, yes, big)',
    ]),
  );
  const given = [
    '-p',
    'n=2.5',
    '-p',
    'name=it\'s "me"',
    '-p',
    'list=[1,{"a":null}]',
    '-p',
    'yes=True',
    '-p',
    'big=12345678901234567890',
  ];
  expect((await folder.run(name, '--inplace', ...given)).code).toBe(0);
  const { cells } = folder.notebook('a.ipynb');
  expect(cells[1].metadata.tags).toEqual(['injected-parameters']);
  expect(cells[2].outputs[0].text.join('')).toContain('number 2.5 it\'s "me"');
  expect(cells[2].outputs[0].text.join('')).toContain('true 12345678901234567890n');
  expect((await folder.run(name, '--inplace', '-p', 'n=3', ...given.slice(2))).code).toBe(0);
  expect(folder.notebook('a.ipynb').cells).toHaveLength(3);
  expect(folder.notebook('a.ipynb').cells[2].outputs[0].text.join('')).toContain('number 3 ');
});

test('parameters keep infinity, -0 and large numbers at any depth, and text that is not JSON stays text', async () => {
  using folder = bench();
  const source =
    'console.log(a, b, c, d, e, Object.is(f, -0), JSON.stringify(g), list[0] === 12345678901234567890n, list[1])';
  const name = folder.write('a.ipynb', sketch([{ source: '', tags: ['parameters'] }, source]));
  const values = [
    'a=-2.5e3',
    'b=.5',
    'c=1e400',
    'd=-Infinity',
    'e=NaN',
    'f=-0',
    'g=',
    'list=[12345678901234567890,"x"]',
  ];
  const given = values.flatMap((value) => ['-p', value]);
  expect(await folder.run(name, '--inplace', ...given)).toMatchObject({ code: 0 });
  expect(folder.notebook('a.ipynb').cells[2].outputs[0].text).toEqual([
    '-2500 0.5 Infinity -Infinity NaN true "" true x\n',
  ]);
});

test.each(['n', '=5', '1a=5', 'class=5', 'await=5', 'a b=5', 'a;b=1'])(
  'a parameter without a valid name is refused: %s',
  async (given) => {
    using folder = bench();
    const ended = await folder.run(folder.write('a.ipynb', sketch(['1'])), '-p', given);
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `cokernel: --param expects name=value with a name that is valid in TypeScript, but found '${given}'.\n`,
    });
  },
);

test('displays are updated in place, cleared outputs are gone, and consecutive texts of a stream are one output', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch([
      "display('first', { displayId: 'd' });\nconsole.log('a');\nconsole.error('e');\nconsole.log('b');\nconsole.log('c');",
      "display('second', { displayId: 'd', update: true });",
      "console.log('gone');\nclearOutput();\nconsole.log('stays');",
    ]),
  );
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0 });
  const [first, , third] = folder.notebook('a.ipynb').cells;
  expect(first.outputs.map((output: { text?: string[] }) => output.text)).toEqual([
    undefined,
    ['a\n'],
    ['e\n'],
    ['b\n', 'c\n'],
  ]);
  expect(third.outputs).toMatchObject([{ text: ['stays\n'] }]);
});

test('with a virtual clock an hour of sleep takes no time', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(["import { sleep } from 'cokernel';\nawait sleep(3600);\n'awake'"]));
  expect((await folder.run(name, '--clock', 'virtual', '--inplace')).code).toBe(0);
});

test('a cell that takes too long is interrupted and fails; the kernel and its files are gone', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['while (true) {}', '1']));
  const { code, stdout: said } = await folder.run(name, '--timeout', '0.5');
  expect(code).toBe(1);
  expect(said).toContain('did not end within 0.5 s');
});

test('what a failed cell wrote to stderr stands below its error, its last twenty lines', async () => {
  using folder = bench();
  const failing =
    "console.log('out');\nfor (let n = 1; n <= 30; n++) console.error(`line ${n}`);\nthrow new Error('bad');";
  const name = folder.write('a.ipynb', sketch(["console.error('earlier')", failing]));
  const { code, stdout: said } = await folder.run(name);
  expect(code).toBe(1);
  const lines = Array.from({ length: 20 }, (_, at) => `      line ${at + 11}`);
  expect(said).toContain(['    Its stderr:', ...lines].join('\n'));
  expect(said).not.toMatch(/line 10$|earlier|out$/m);
});

test('bad files get one sentence each, and nothing is run or written', async () => {
  using folder = bench();
  const marker = join(folder.path, 'ran');
  const good = folder.write('good.ipynb', sketch([`require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`]));
  mkdirSync(join(folder.path, 'folder.ipynb'));
  const other = { kernelspec: { name: 'python3', display_name: 'Python 3' } };
  const files = [
    good,
    folder.write('broken.ipynb', '{ "cells": ['),
    folder.write('list.ipynb', '[]'),
    folder.write('three.ipynb', { nbformat: 3, nbformat_minor: 0, worksheets: [] }),
    folder.write('future.ipynb', { ...sketch([]), nbformat_minor: 9 }),
    folder.write('wrong.ipynb', {
      ...sketch([]),
      cells: [{ cell_type: 'code', id: 'a', metadata: {}, source: [1], outputs: [], execution_count: null }],
    }),
    folder.write('python.ipynb', sketch([], other)),
    join(folder.path, 'missing.ipynb'),
    join(folder.path, 'folder.ipynb'),
    folder.write('note.txt', 'hello'),
  ];
  const names = folder.names();
  const { code, stderr } = await folder.run(...files, '--out', join(folder.path, 'out'));
  expect(code).toBe(1);
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(9);
  const expected = [
    'is not JSON',
    'holds JSON, but not a notebook',
    'has nbformat 3.0',
    'newer than 4.5',
    'cell 1, source',
    'was written for the kernel "python3"',
    'does not exist',
    'is a folder',
    'is not a notebook: its name',
  ];
  for (const [index, words] of expected.entries()) {
    expect(lines[index]).toContain(`${files[index + 1]} `);
    expect(lines[index]).toContain(words);
  }
  expect(folder.names()).toEqual(names);
});

test('patterns that no shell expanded are expanded, and each file runs once, in the order of the command line', async () => {
  using folder = bench();
  mkdirSync(join(folder.path, 'deep/.ipynb_checkpoints'), { recursive: true });
  for (const name of ['b', 'a', 'deep/c', 'deep/.ipynb_checkpoints/d', '[x]'])
    folder.write(`${name}.ipynb`, sketch(['1']));
  const at = (name: string) => join(folder.path, name);
  const again = `${folder.path}/./b.ipynb`;
  const ended = await folder.run(at('b.ipynb'), again, at('[x].ipynb'), at('**/*.ipynb'));
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/\n4 notebooks, none failed, \d+\.\d s\n$/);
  expect(ended.stdout.match(/\S+\.ipynb/g)).toEqual(['b', '[x]', 'a', 'deep/c'].map((name) => at(`${name}.ipynb`)));
  const none = await folder.run(at('none*.ipynb'), at('a.ipynb'));
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toMatch(/^cokernel: \S+none\*\.ipynb matches no file\. .*\n$/);
});

test.each([
  [['--jobs', '0'], "--jobs expects a number above 0, but found '0'."],
  [['--jobs', '1.5'], "--jobs expects a whole number, but found '1.5'."],
  [['-j', '-1'], "--jobs expects a number above 0, but found '-1'."],
  [['--timeout', 'abc'], "--timeout expects a number above 0, but found 'abc'."],
  [['--timeout', '-1'], "--timeout expects a number above 0, but found '-1'."],
  [['--timeout'], "Option '--timeout <value>' argument missing. See cokernel run --help."],
  [['--timeout', '--inplace'], "Option '--timeout' argument is ambiguous. See cokernel run --help."],
  [['--clock', 'real'], "--clock expects virtual, but found 'real'. Leave it out for real time."],
  [['--diagnostics', 'all'], "--diagnostics expects warn, strict or off, but found 'all'."],
  [['--compiler', 'tsc'], "--compiler expects in-place or esbuild, but found 'tsc'."],
  [['--out', ''], '--out expects a folder, but found an empty text.'],
  [['--colour'], "Unknown option '--colour'. See cokernel run --help."],
])('what an option cannot be is one sentence: %j', async (options, sentence) => {
  using folder = bench();
  const ended = await folder.run(folder.write('a.ipynb', sketch(['1'])), ...options);
  expect(ended).toEqual({ code: 1, stdout: '', stderr: `cokernel: ${sentence}\n` });
});

test('an error of a callback after its cell ended fails the notebook, unless a tag announces it', async () => {
  using folder = bench();
  const source = "Promise.reject(new RangeError('late'));\nconst x = 1;";
  const plain = folder.write('a.ipynb', sketch([source, 'await new Promise((go) => setTimeout(go, 50));\nx']));
  const before = folder.read('a.ipynb');
  const ended = await folder.run(plain, '--inplace');
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain('Cell [1] ended, but a callback of it failed later:');
  expect(ended.stdout).toContain('RangeError: late');
  expect(folder.read('a.ipynb')).toBe(before);
  expect((await folder.run(plain, '--allow-errors')).code).toBe(0);
  expect((await folder.run(folder.write('b.ipynb', sketch([{ source, tags: ['raises:RangeError'] }])))).code).toBe(0);
});

test('--diagnostics: type errors are shown in the output (warn), fail the cell (strict) or are left out (off)', async () => {
  using folder = bench({ types: true });
  const name = folder.write('a.ipynb', sketch(['const n: number = "x";']));
  expect((await folder.run(name, '--inplace')).code).toBe(0);
  expect(folder.notebook('a.ipynb').cells[0].outputs[0].text.join('')).toContain('TS2322');
  const strict = await folder.run(name, '--diagnostics', 'strict');
  expect(strict.code).toBe(1);
  expect(strict.stdout).toContain('TS2322');
  expect((await folder.run(name, '--inplace', '--diagnostics', 'off')).code).toBe(0);
  expect(folder.notebook('a.ipynb').cells[0].outputs).toEqual([]);
});

test('--compiler esbuild: every cell goes through esbuild, which writes code anew; by default types alone are removed', async () => {
  using folder = bench();
  const own = `import vm from 'node:vm';
const textOf = vm.runInNewContext('Function.prototype.toString');
const f = (n: number): number => n    +    1;
[f(1), textOf.call(f).includes('    +    ')]`;
  const name = folder.write('a.ipynb', sketch([own]));
  const shown = async (...options: string[]) => {
    expect((await folder.run(name, '--inplace', ...options)).code).toBe(0);
    return folder.notebook('a.ipynb').cells[0].outputs[0].data['text/plain'].join('');
  };
  expect(await shown()).toBe('[ 2, true ]');
  expect(await shown('--compiler', 'esbuild')).toBe('[ 2, false ]');
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a type error is not lost where TypeScript takes longer than a front end would wait', async () => {
  using folder = bench({ types: true });
  const first = { source: '// TypeScript starts with the first cell\n1' };
  const cells = [
    first,
    'await new Promise((go) => setTimeout(go, 1500))',
    stopServer(3.5),
    "const wrong: number = 'x';",
  ];
  const name = folder.write('a.ipynb', sketch(cells));
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0 });
  const { outputs } = folder.notebook('a.ipynb').cells[3];
  expect(outputs[0]?.text.join('')).toContain('TS2322');
});

test("where cells are checked, TypeScript's server starts with the kernel, before the first cell has run", async () => {
  using folder = bench({ types: true });
  const waits = `${SERVER_PID}\nwhile (serverPid() === undefined) await new Promise((go) => setTimeout(go, 50));`;
  const name = folder.write('a.ipynb', sketch([waits]));
  const ended = await folder.run(name, '--out', join(folder.path, 'out'), '--timeout', '20');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
}, 60_000);

test('a notebook finds the file that an earlier one wrote, although its kernel started before that', async () => {
  using folder = bench();
  const one = folder.write(
    'a.ipynb',
    sketch(["import { writeFileSync } from 'node:fs';\nwriteFileSync('lib.ts', 'export const six: number = 6;');"]),
  );
  const two = folder.write('b.ipynb', sketch(["import { six } from './lib.ts';\nsix * 7"]));
  expect(await folder.run(one, two, '--inplace')).toMatchObject({ code: 0, stderr: '' });
  expect(folder.notebook('b.ipynb').cells[0].outputs).toMatchObject([{ data: { 'text/plain': ['42'] } }]);
});

test('targets that cannot be written are found before anything runs', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['1']));
  mkdirSync(join(folder.path, 'b'));
  const twin = folder.write('b/a.ipynb', sketch(['1']));
  const out = join(folder.path, 'out');
  const said = async (...args: string[]) => {
    const { code, stderr, stdout: printed } = await folder.run(...args);
    expect({ code, printed }).toEqual({ code: 1, printed: '' });
    return stderr;
  };
  expect(await said(name, '--out', name)).toContain('is a file, but --out expects a folder');
  expect(await said(name, '--out', join(name, 'under'))).toMatch(/not a folder|a part of its path is a file/);
  expect(await said(name, '--out', folder.path)).toContain(
    'would be replaced. If that is what you want, use --inplace',
  );
  expect(await said(name, twin, '--out', out)).toContain('would both be written to');
  expect(await said(name, '--out', out, '--inplace')).toContain('exclude each other');
  expect(await said(name, '--live', '--html')).toContain('expects --html and --out DIR');
  symlinkSync(name, join(folder.path, 'link.ipynb'));
  expect(await said(name, join(folder.path, 'link.ipynb'), '--inplace')).toContain('would both be written to');
  expect(await said(folder.write('a.md', '# text'), '--inplace')).toContain('has no place for outputs');
});

test('Markdown and .ts files in percent format run as notebooks', async () => {
  using folder = bench({ types: true });
  const markdown = folder.write(
    'doc.md',
    '---\ntitle: T\n---\n# Title\n\n```typescript\nconst x = 6;\n```\n\ntext\n\n```python\nprint(1)\n```\n\n```{ts} name="b"\nconsole.log(x * 7)\n```\n',
  );
  const percent = folder.write(
    'p.ts',
    '// %% [markdown]\n// # Title\n// text\n\n// %% tags=["parameters"]\nlet n: number = 5;\n\n// %%\nconsole.log(n)\n',
  );
  const out = join(folder.path, 'out');
  expect(await folder.run(markdown, percent, '--out', out, '--jobs', '2', '-p', 'n=8')).toMatchObject({ code: 0 });
  const doc = folder.notebook('out/doc.ipynb').cells;
  expect(doc.map(({ cell_type }: { cell_type: string }) => cell_type)).toEqual([
    'code',
    'markdown',
    'code',
    'markdown',
    'code',
  ]);
  expect(doc[3].source.join('')).toBe('text\n\n```python\nprint(1)\n```');
  expect(doc[4].outputs).toMatchObject([{ text: ['42\n'] }]);
  expect(folder.notebook('out/p.ipynb').cells).toMatchObject([
    { cell_type: 'markdown', source: ['# Title\n', 'text'] },
    { cell_type: 'code', metadata: { tags: ['parameters'] } },
    { metadata: { tags: ['injected-parameters'] } },
    { outputs: [{ text: ['8\n'] }] },
  ]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the kernel in order: no process, no file, the notebook as it was',
  async (signal) => {
    using folder = bench();
    const pidFile = join(folder.path, 'pid');
    const source = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, \`\${process.pid} \${process.ppid}\`);\nawait new Promise(() => {});`;
    const name = folder.write('a.ipynb', sketch(['1', source]));
    const before = folder.read('a.ipynb');
    const temporary = join(folder.path, 't');
    mkdirSync(temporary);
    const child = spawn(process.execPath, [cli, 'run', name, '--inplace'], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until(() => readdirSync(folder.path).includes('pid') && folder.read('pid').includes(' '));
    const pids = folder.read('pid').split(' ').map(Number);
    child.kill(signal);
    expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143);
    await until(() => !pids.some(isAlive));
    expect(folder.read('a.ipynb')).toBe(before);
    expect(readdirSync(temporary).filter((file) => file.startsWith('cokernel'))).toEqual([]);
    expect(readdirSync(folder.path).sort()).toEqual(['a.ipynb', 'pid', 't']);
  },
);

test('a signal while the kernel starts leaves nothing behind that keeps the runner', async () => {
  using folder = bench();
  const settings = { directory: folder.path, main: folder.write('silent.mjs', 'setInterval(() => {}, 1e6)'), env: {} };
  const program = `
    const { startKernel } = await import(${JSON.stringify(import.meta.resolve('../../kernel/run/kernel/client.ts'))});
    const signal = AbortSignal.abort(new Error('interrupted'));
    await startKernel({ ...${JSON.stringify(settings)}, signal }).catch(({ message }) => console.log(message));`;
  const { stdout, signal } = await new Promise<{ stdout: string; signal: string | null }>((resolve) => {
    const given = ['--input-type=module', '-e', program];
    const child = execFile(process.execPath, given, { timeout: 30_000 }, (_, stdout) =>
      resolve({ stdout, signal: child.signalCode }),
    );
  });
  expect([stdout, signal]).toEqual([expect.stringMatching(/interrupted\n$/), null]);
});

test('where no socket fits into the temporary folder, ports are used, and what goes over them is encrypted', async () => {
  using folder = bench();
  const temporary = join(folder.path, 'long'.repeat(20));
  mkdirSync(temporary);
  const code = `const folder = require('node:fs').readdirSync(process.env.TMPDIR).find((name) => name.startsWith('cokernel-run'));
const { transport, curve_publickey } = JSON.parse(require('node:fs').readFileSync(\`\${process.env.TMPDIR}/\${folder}/connection.json\`, 'utf8'));
console.log(transport, curve_publickey.length)`;
  const name = folder.write('a.ipynb', sketch([code]));
  const ended = await cokernel(['run', name, '--inplace'], { TMPDIR: temporary, TEMP: temporary });
  expect(ended).toMatchObject({ code: 0 });
  expect(folder.notebook('a.ipynb').cells[0].outputs[0].text).toEqual(['tcp 40\n']);
}, 60_000);

test.each(some([2, 1]))('a killed runner of %s jobs leaves no kernel and no file', async (jobs) => {
  using folder = bench();
  const hang = `require('node:fs').writeFileSync(\`\${process.pid}.pid\`, String(process.ppid));\nawait new Promise(() => {});`;
  const names = ['a', 'b', 'c', 'd'].map((name) => folder.write(`${name}.ipynb`, sketch([hang])));
  const temporary = join(folder.path, 't');
  mkdirSync(temporary);
  const child = spawn(process.execPath, [cli, 'run', ...names, '--jobs', String(jobs)], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
  });
  const running = () => readdirSync(folder.path).filter((name) => name.endsWith('.pid') && folder.read(name) !== '');
  const ours = () => readdirSync(temporary).filter((name) => name.startsWith('cokernel'));
  // One kernel more than there are jobs, because the next notebook's is already starting.
  await until(() => running().length === jobs && ours().length === jobs + 1);
  const pids = running().flatMap((name) => [Number.parseInt(name, 10), Number(folder.read(name))]);
  child.kill('SIGKILL');
  await until(() => !pids.some(isAlive) && ours().length === 0);
});

test('a kernel that a cell ends is reported, and later cells are not reached', async () => {
  using folder = bench();
  const name = folder.write(
    'a.ipynb',
    sketch(["process.kill(process.ppid, 'SIGKILL');\nawait new Promise(() => {});", '1']),
  );
  const { code, stdout: said } = await folder.run(name);
  expect(code).toBe(1);
  expect(said).toMatch(/the kernel's process ended \(SIGKILL\)/);
});

async function until(holds: () => boolean): Promise<void> {
  for (const from = Date.now(); !holds(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() - from > 20_000) throw new Error(`not within 20 s: ${holds}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
