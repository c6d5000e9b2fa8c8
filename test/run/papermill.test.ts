// papermill with our translator: parameters of every type arrive in TypeScript, in a notebook that runs.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { cokernel } from '../cli/cokernel.ts';
import { runPython, testWithPython } from '../python.ts';
import { bench, sketch } from './notebook.ts';

/** The folder of an environment with a papermill in it, as far as `cokernel install` checks. */
function environment(path: string): string {
  const packages = join(path, 'lib', 'python3.11', 'site-packages');
  mkdirSync(join(packages, 'papermill'), { recursive: true });
  writeFileSync(join(packages, 'papermill', 'translators.py'), '');
  return packages;
}

test('install puts the translator beside papermill and says so once; uninstall removes it', async () => {
  using folder = bench();
  const packages = environment(folder.path);
  const first = await cokernel(['install', '--prefix', folder.path]);
  expect(first.stdout).toContain(`papermill in ${packages} now writes parameters as TypeScript`);
  expect(readdirSync(packages).sort()).toEqual([
    expect.stringMatching(/^cokernel_papermill-.*dist-info$/),
    'cokernel_papermill.py',
    'papermill',
  ]);
  expect((await cokernel(['install', '--prefix', folder.path])).stdout).not.toContain('papermill');
  expect((await cokernel(['install', '--prefix', folder.path, '--name', 'other'])).code).toBe(0);
  await cokernel(['uninstall', '--prefix', folder.path]);
  expect(readdirSync(packages)).toContain('cokernel_papermill.py');
  await cokernel(['uninstall', '--prefix', folder.path, '--name', 'other']);
  expect(readdirSync(packages)).toEqual(['papermill']);
});

testWithPython(
  'papermill finds the translator, and a notebook runs with parameters of each type',
  async () => {
    using folder = bench();
    const packages = environment(folder.path);
    await cokernel(['install', '--prefix', folder.path]);
    // The stand-in would hide the real one.
    rmSync(join(packages, 'papermill'), { recursive: true });
    const show = 'JSON.stringify([typeof n, n, text, list, none, ok, String(big), f, Object.keys(odd)])';
    const name = folder.write(
      'a.ipynb',
      sketch([{ source: 'let n: number = 1; // how many', tags: ['parameters'] }, show]),
    );
    const parameters = [
      'n: 7',
      'text: "it\'s \\"é\\"\\n"',
      'list: [1, {a: null}]',
      'none: null',
      'ok: true',
      'big: 12345678901234567890',
      'f: 1.5e-7',
      'odd: {__proto__: 1}',
    ];
    const program = [
      '-m',
      'papermill',
      name,
      join(folder.path, 'out.ipynb'),
      '-y',
      `{${parameters.join(', ')}}`,
      '--no-progress-bar',
    ];
    const { code, output } = await runPython(program, {
      env: {
        PYTHONPATH: [packages, process.env.PYTHONPATH].filter(Boolean).join(delimiter),
        JUPYTER_PATH: join(folder.path, 'share', 'jupyter'),
      },
    });
    expect(code === 0 ? '' : output).toBe('');
    expect(output).not.toMatch(/unknown parameter: n$/m);
    const { cells } = folder.notebook('out.ipynb');
    expect(cells[1].metadata.tags).toEqual(['injected-parameters']);
    const shown = cells[2].outputs[0].data['text/plain'].join('');
    expect(shown).toContain(
      String.raw`["number",7,"it's \\"é\\"\\n",[1,{"a":null}],null,true,"12345678901234567890",1.5e-7,["__proto__"]]`,
    );
  },
  120_000,
);

testWithPython('papermill and cokernel run write the same parameters', async () => {
  using folder = bench();
  const program = [
    'import sys',
    `sys.path.insert(0, ${JSON.stringify(fileURLToPath(new URL('../../kernel/papermill', import.meta.url)))})`,
    // First: it loads the module itself where that is installed beside it.
    'import papermill',
    'from cokernel_papermill import TypeScriptTranslator as T',
    "print(T.codify({'a': 1, 'b': 'x\"y', 'c': [True, None, {'k': 2.5}], 'd': {}, 'e': 2**60}), end='')",
  ].join('\n');
  const { output } = await runPython(['-c', program]);
  const name = folder.write('a.ipynb', sketch(['1']));
  const given = ['a=1', 'b=x"y', 'c=[true,null,{"k":2.5}]', 'd={}', `e=${2n ** 60n}`].flatMap((parameter) => [
    '-p',
    parameter,
  ]);
  await folder.run(name, '--inplace', ...given);
  expect(folder.notebook('a.ipynb').cells[0].source.join('')).toBe(output.trimEnd());
});
