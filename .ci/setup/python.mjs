// Python: found on the machine, then a local .venv with JupyterLab and what else a command needs.
// Nothing is installed outside the project's folder.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { must, run } from '../command.mjs';
import { Sentence, skipped, step } from '../say.mjs';
import { at, windows } from './places.mjs';

const VENV = '.venv';
const python = at(VENV, windows ? 'Scripts/python.exe' : 'bin/python');

/**
 * Makes .venv hold what .ci/requirements-<set>.txt lists, for each set asked for, and returns its Python.
 * Throws a Sentence that says what is missing and how to get it.
 */
export async function environment(...sets) {
  if (!existsSync(python)) await makeEnvironment();
  for (const set of sets) await install(set);
  return python;
}

async function makeEnvironment() {
  const found = await machinePython();
  await step(`making ${VENV} with Python ${found.version}`, async () => {
    const { code, output } = await run(found.program, [...found.args, '-m', 'venv', at(VENV)], { quiet: true });
    if (code === 0 && existsSync(python)) return;
    // Half an environment would be taken for a whole one at the next start.
    rmSync(at(VENV), { recursive: true, force: true });
    throw new Sentence(
      `Python ${found.version} could not make a virtual environment. On Debian and Ubuntu its module is a package of its own:\n` +
        `  apt install python3-venv\n${output.trim().slice(-1500)}`,
    );
  });
}

async function install(set) {
  const list = `.ci/requirements-${set}.txt`;
  const stamp = at(VENV, `.cokernel-${set}`);
  const wanted = createHash('sha256')
    .update(readFileSync(at(list)))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return skipped(`Python packages (${set})`);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--prefer-binary', '--progress-bar', 'off'];
  let count = 0;
  const onLine = (line) => {
    if (!line.startsWith('Collecting ')) return;
    count += 1;
    if (count % 20 === 0) process.stdout.write(`  … ${count} packages, now ${line.slice(11).split(/[ (<>=~!;]/)[0]}\n`);
  };
  await step(`installing Python packages (${set}; a minute or two)`, () =>
    must(`pip install -r ${list}`, python, [...pip, '--requirement', at(list)], { onLine }),
  );
  writeFileSync(stamp, wanted);
}

/** The first Python on the machine that is new enough: its program, leading arguments and version. */
async function machinePython() {
  const candidates = windows ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python']];
  const old = [];
  for (const [program, ...args] of candidates) {
    const ask = [...args, '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'];
    // The stub that Windows keeps under the name python starts and fails: a failure counts as absent.
    const { code, output } = await run(program, ask, { quiet: true }).catch(() => ({ code: 1, output: '' }));
    const version = output.trim();
    const [major, minor] = version.split('.').map(Number);
    if (code !== 0 || !(major >= 3)) continue;
    if (major > 3 || minor >= 9) return { program, args, version };
    old.push(`${program} is Python ${version}`);
  }
  throw new Sentence(
    `Python 3.9 or newer is missing${old.length > 0 ? ` (${old.join(', ')})` : ''}. JupyterLab and nbconvert need it. To get it:\n` +
      '  Debian, Ubuntu   apt install python3 python3-venv\n' +
      '  macOS            brew install python\n' +
      '  Windows          winget install Python.Python.3.13   (or https://www.python.org/downloads)',
  );
}
