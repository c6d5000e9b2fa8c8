// Python's programs that run notebooks: nbclient, nbconvert and nbval; and the requests of jupyter console.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { writeNotebook } from '../browser/notebook.ts';
import { type JupyterHome, jupyterHome, keepStderr } from '../jupyter.ts';
import { python, runPytest, runPython, testWithPython } from '../python.ts';

const root = join(import.meta.dirname, '..', '..');
const notebooks = join(root, 'notebooks');
const FIRST = '01-coroutine-functions';

let home: JupyterHome;
let stderr: () => string;

beforeAll(async () => {
  if (python === undefined) return;
  home = await jupyterHome();
  stderr = keepStderr(home);
});
afterAll(() => {
  if (python === undefined) return;
  const left = home.running();
  home.remove();
  expect(left).toEqual([]);
});

const nbconvert = (...args: string[]) =>
  runPython(['-m', 'nbconvert', '--output-dir', home.folder, ...args], { cwd: root, env: home.env });

let pages: ReturnType<typeof nbconvert> | undefined;

/** Three notebooks made into pages one after the other, the last of which fails: Python alone takes nbconvert two seconds. */
function nbconvertPages(): ReturnType<typeof nbconvert> {
  if (pages !== undefined) return pages;
  const [moved, bad] = [join(home.folder, 'moved.ipynb'), join(home.folder, 'bad.ipynb')];
  writeNotebook(moved, [
    "import { slider } from 'cokernel/widgets';\nconst n = slider({ label: 'n', max: 10 });\nn",
    'for (let i = 1; i <= 7; i++) n.value = i;',
  ]);
  writeNotebook(bad, ["const wrong = () => {\n  throw new TypeError('this is wrong');\n};\nwrong();", "'never'"]);
  pages = nbconvert('--to', 'html', '--execute', join(notebooks, `${FIRST}.ipynb`), moved, bad);
  return pages;
}

testWithPython(
  'nbclient: a notebook shows again what it showed; errors, timeouts, and what a console asks',
  async () => {
    const suite = join(import.meta.dirname, 'clients.py');
    const { code, output } = await runPytest('clients', [suite], { env: home.env, seconds: 280 });
    if (code !== 0) throw new Error(output);
    expect(output).not.toMatch(/skipped/);
  },
  300_000,
);

testWithPython(
  'nbval finds the stored outputs of the notebooks again',
  async () => {
    const files = readdirSync(notebooks).filter((name) => /^\d.*\.ipynb$/.test(name));
    // Without --long every sixteenth; clients.py takes others, and our own runner all (test/notebooks/outputs.test.ts).
    const chosen = process.env.COKERNEL_LONG ? files : files.filter((_, at) => at % 16 === 0);
    const paths = chosen.map((name) => join(notebooks, name));
    // In virtual time, as in clients.py.
    const env = { ...home.env, COKERNEL_CLOCK: 'virtual' };
    const { code, output } = await runPytest('nbval', ['--nbval', '--nbval-kernel-name=cokernel', ...paths], {
      env,
      seconds: 280,
    });
    if (code !== 0) throw new Error(`${output}\nThe kernels' stderr:\n${stderr()}`);
    expect(output).toMatch(/\d+ passed/);
  },
  300_000,
);

testWithPython(
  'nbconvert makes a page with the outputs, and a script that ends in .ts',
  async () => {
    const [script] = await Promise.all([
      nbconvert('--to', 'script', join(notebooks, `${FIRST}.ipynb`)),
      nbconvertPages(),
    ]);
    expect(script).toMatchObject({ code: 0 });
    const html = readFileSync(join(home.folder, `${FIRST}.html`), 'utf8');
    expect(html).toContain('hello runs');
    expect(html).toContain('half a second later');
    // Highlighted as TypeScript and not as plain text.
    expect(html).toMatch(/<span class="k[dr]?">const<\/span>/);
    expect(readFileSync(join(home.folder, `${FIRST}.ts`), 'utf8')).toContain('import { coroutine, sleep, run, type }');
  },
  120_000,
);

testWithPython(
  'nbconvert stores the states of widgets, with the last values, and its page makes them',
  async () => {
    await nbconvertPages();
    const html = readFileSync(join(home.folder, 'moved.html'), 'utf8');
    const [, stored = '{}'] =
      /<script type="application\/vnd\.jupyter\.widget-state\+json">([\s\S]*?)<\/script>/.exec(html) ?? [];
    const models = Object.values<{ model_name: string; state: object }>(JSON.parse(stored).state);
    expect(models.find(({ model_name }) => model_name === 'IntSliderModel')?.state).toMatchObject({
      value: 7,
      max: 10,
    });
    expect(html).toContain('application/vnd.jupyter.widget-view+json');
  },
  120_000,
);

testWithPython(
  'nbconvert ends with exit code 1 and the traceback where a cell fails',
  async () => {
    const { code, output } = await nbconvertPages();
    expect(code).toBe(1);
    const said = stripVTControlCharacters(output);
    expect(said).toContain('TypeError: this is wrong');
    expect(said).toContain('at wrong (Cell [1]:2:9)');
  },
  120_000,
);
