// Runs a script beside a notebook of its own, in a process and a folder that are removed afterwards.

import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const CHILD = pathToFileURL(resolve('test/cell/loader/child.ts')).href;

/**
 * What `script` hands to `report`. It sees `cell`, `failing`, `write`, `loader`, `scripts`, `compiled` of child.ts.
 * In the result, `<notebook>` stands for the folder's path.
 */
export async function notebook(files: Readonly<Record<string, string>>, script: string): Promise<unknown> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-loader-')));
  try {
    const imports = `import { cell, compiled, failing, loader, report, scripts, write } from '${CHILD}';\n`;
    const all = { ...files, 'running.mjs': 'export const me = {};', 'main.mjs': imports + script };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return JSON.parse((await answerOf(folder)).replaceAll(folder, '<notebook>'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerOf(folder: string): Promise<string> {
  return new Promise((resolved, rejected) => {
    const execArgv = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];
    const child = fork(join(folder, 'main.mjs'), {
      cwd: folder,
      execArgv,
      silent: true,
      timeout: 45_000,
      killSignal: 'SIGKILL',
    });
    let answer: string | undefined;
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('message', (value) => {
      answer = JSON.stringify(value);
    });
    child.on('close', (code, signal) => {
      if (answer !== undefined && code === 0) resolved(answer);
      else rejected(new Error(`The notebook's process ended with ${signal ?? code} and said:\n${stderr}`));
    });
  });
}
