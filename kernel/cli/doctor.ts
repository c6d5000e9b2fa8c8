// `cokernel doctor`: what is installed, whether it works, and what to do if it does not.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kernelspecsFolder, searchedFolders } from '../install/folder.ts';
import { type Kernelspec, readOurs } from '../install/kernelspec.ts';
import { packageFolder, packageVersion } from '../install/package.ts';
import { isByPython, withPython } from './by-python.ts';
import { findJupyters, type Jupyter } from './find-jupyter.ts';
import { probe } from './probe.ts';

/** Prints the findings, one line each, and resolves to 1 if something is wrong, else 0. */
export async function doctor(): Promise<number> {
  const jupyters = await findJupyters();
  report('ok', 'Node', `${process.versions.node} at ${process.execPath}`);
  report('ok', 'Package', `cokernel ${packageVersion()} in ${packageFolder()}`);
  reportJupyters(jupyters);
  reportWidgets(jupyters);
  const specs = findKernelspecs(jupyters);
  if (specs.length === 0)
    report('trouble', 'Kernelspec', 'Jupyter does not know this kernel yet. Run: cokernel install');
  let troubles = specs.length === 0 ? 1 : 0;
  for (const found of specs) if (!(await examine(found))) troubles += 1;
  return troubles > 0 ? 1 : 0;
}

type Verdict = 'ok' | 'note' | 'trouble';

function report(verdict: Verdict, what: string, finding: string): void {
  const mark = { ok: '✓', note: '·', trouble: '✗' }[verdict];
  process.stdout.write(`${mark} ${what.padEnd(11)}${finding.replaceAll('\n', `\n${' '.repeat(13)}`)}\n`);
}

function reportJupyters(jupyters: readonly Jupyter[]): void {
  // VS Code and conda bring their own, outside the PATH: worth a note, but nothing is wrong.
  if (jupyters.length === 0) report('note', 'Jupyter', 'not on the PATH. To get it: pip install jupyterlab');
  for (const { program, versions } of jupyters) {
    const shown = ['jupyterlab', 'notebook', 'nbconvert', 'jupyter_client'].filter((part) => versions.has(part));
    const parts = shown.map((part) => `${part} ${versions.get(part)}`);
    if (parts.length > 0) report('ok', 'Jupyter', `${program} (${parts.join(', ')})`);
    else report('note', 'Jupyter', `${program} does not print its versions. Try: ${program} --version`);
  }
}

/** What shows the controls of cokernel/widgets; without it they are texts. */
function reportWidgets(jupyters: readonly Jupyter[]): void {
  for (const { program, versions, kernels } of jupyters) {
    if (!versions.has('jupyterlab') && !versions.has('notebook')) continue;
    const version = versions.get('ipywidgets');
    // Its Python has no part in it: the page needs its extension.
    const own = existsSync(join(dirname(kernels), 'labextensions', 'anywidget'));
    const absent = [...(version === undefined ? ['ipywidgets'] : []), ...(own ? [] : ['anywidget'])];
    const there = [...(version === undefined ? [] : [`ipywidgets ${version}`]), ...(own ? ['anywidget'] : [])];
    if (absent.length === 0) report('ok', 'Widgets', there.join(', '));
    else {
      const python = join(dirname(program), 'python');
      const shown = version === undefined ? 'widgets are shown as text' : 'widgets of your own are shown as text';
      report('note', 'Widgets', `${shown}. To see them: ${python} -m pip install ${absent.join(' ')}`);
    }
  }
}

interface Found {
  readonly folder: string;
  readonly name: string;
  readonly spec: Kernelspec;
}

function findKernelspecs(jupyters: readonly Jupyter[]): Found[] {
  const folders = [...new Set([...searchedFolders(), ...jupyters.map(({ kernels }) => kernels)])];
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) => {
        const spec = readOurs(join(folder, name));
        return spec ? [{ folder, name, spec }] : [];
      }),
  );
}

/** Checks one kernelspec and starts its kernel. Returns whether it works. */
async function examine({ folder, name, spec: written }: Found): Promise<boolean> {
  const place = join(folder, name);
  const byPython = isByPython(written);
  const spec = byPython ? withPython(written, folder) : written;
  const again = byPython
    ? `Install the wheel again: ${spec.argv[0]} -m pip install --force-reinstall cokernel-${packageVersion()}-….whl`
    : `Run: cokernel install --name ${name}${placeOption(folder)}`;
  const trouble = byPython ? brokenPython(spec) : brokenPath(spec);
  if (trouble) {
    report('trouble', 'Kernelspec', `${place}: ${trouble}\n${again}`);
    return false;
  }
  report('ok', 'Kernelspec', byPython ? `${place}, which pip installed` : place);
  try {
    const { answer, milliseconds } = await probe(spec, '6 * 7');
    if (answer !== '42') throw new Error(`it says that 6 * 7 is ${answer}.`);
    report('ok', 'Start', `first result ${(milliseconds / 1000).toFixed(2)} s after the start of '${name}'`);
    return true;
  } catch (error) {
    report('trouble', 'Start', `the kernel '${name}' does not work: ${(error as Error).message}\n${again}`);
    return false;
  }
}

/** The option with which `install` writes into this folder again; empty for the user's own folder. */
function placeOption(folder: string): string {
  const end = join('share', 'jupyter', 'kernels');
  const prefix = folder.endsWith(end) && folder !== kernelspecsFolder({ place: 'user' });
  return prefix ? ` --prefix ${folder.slice(0, -end.length - 1)}` : '';
}

/** What is wrong with the Python that starts a kernel; undefined if nothing is. */
function brokenPython({ argv: [python = ''] }: Kernelspec): string | undefined {
  if (!existsSync(python)) return `its Python is gone (${python}).`;
  try {
    execFileSync(python, ['-m', 'cokernel', '--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return undefined;
  } catch (error) {
    return `its Python cannot start cokernel (${(error as Error).message.trim().split('\n').at(-1)}).`;
  }
}

/** What is wrong with the paths in a kernelspec; undefined if nothing is. */
function brokenPath({ argv }: Kernelspec): string | undefined {
  const [node = '', ...words] = argv;
  const main = words.find((word) => !word.startsWith('-')) ?? '';
  if (!existsSync(node)) return `its Node is gone (${node}).`;
  if (!existsSync(main)) return `the package that it starts is gone (${main}).`;
  let version: string;
  try {
    version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  } catch (error) {
    return `its Node does not run (${(error as Error).message}).`;
  }
  if (Number.parseInt(version.slice(1), 10) < 24) return `its Node is ${version} (${node}), but 24 or newer is needed.`;
  return undefined;
}
