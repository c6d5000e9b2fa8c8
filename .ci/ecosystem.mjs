// `npm run ecosystem`: each tool that speaks Jupyter in an environment of its own, with a notebook sent through it by the
// kernel that is built here. Prints a table, and fails if a tool fails. `npm run ecosystem -- voila papermill` runs only
// these; `--keep` leaves build/ecosystem as it is. Two are in no registry: QUARTO_CLI names a checkout of quarto-cli, and
// KERNEL_TESTBED one of kernel-testbed in which `cargo build --release` was run. The tools are in ecosystem/tools.mjs.
// Runs under Node 20.

import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { must, run } from './command.mjs';
import { tools } from './ecosystem/tools.mjs';
import { main, Sentence, say } from './say.mjs';
import { npm } from './setup/packages.mjs';
import { at, projectNode, windows } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const TOOL_MINUTES = 10;

await main(async () => {
  const words = process.argv.slice(2);
  const keep = words.includes('--keep');
  const wanted = words.filter((word) => !word.startsWith('--'));
  const unknown = wanted.filter((name) => !tools.some((tool) => tool.name === name));
  if (unknown.length > 0)
    throw new Sentence(
      `There is no tool ${unknown.join(', ')}: some of ${tools.map(({ name }) => name).join(', ')} were expected.`,
    );
  if (!existsSync(at('dist', 'kernel', 'cli.js'))) throw new Sentence('dist/ is not built. Run: npm run build');
  const python = await environment('test');
  const rows = [];
  for (const tool of tools) {
    if (wanted.length > 0 && !wanted.includes(tool.name)) continue;
    if (tool.checkout !== undefined && !process.env[tool.checkout]) {
      say(`· ${tool.name}: ${tool.checkout} should name a checkout`);
      rows.push({ ...tool, version: '', result: 'not run' });
      continue;
    }
    say(`▸ ${tool.name} …`);
    const row = await runTool(tool, python, keep);
    say(row.why === undefined ? `✓ ${row.name}` : `✗ ${row.name}: ${row.why}`);
    rows.push({ ...row, result: row.why === undefined ? 'works' : 'fails' });
  }
  say(`\n| tool | version | a notebook was | |\n|---|---|---|---|`);
  for (const { name, version, does, result } of rows) say(`| ${name} | ${version} | ${does} | ${result} |`);
  return rows.some(({ why }) => why !== undefined) ? 1 : 0;
});

/** Makes the tool's environment and folder, and runs it. Never rejects: `why` says what went wrong. */
async function runTool(tool, python, keep) {
  const { name, does, packages } = tool;
  const folder = at('build', 'ecosystem', name.replaceAll(' ', '-'));
  if (!keep) rmSync(folder, { recursive: true, force: true });
  const venv = join(folder, 'venv');
  const work = join(folder, 'work');
  const bin = join(venv, windows ? 'Scripts' : 'bin');
  const own = join(bin, windows ? 'python.exe' : 'python');
  let version = '';
  try {
    if (!existsSync(own)) {
      await must('Making the environment', python, ['-m', 'venv', venv]);
      await must('pip install', own, [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--prefer-binary',
        ...packages,
      ]);
      if (tool.npm !== undefined)
        await npm(['install', '--prefix', folder, '--no-audit', '--no-fund', ...tool.npm], folder);
    }
    const checkout = tool.checkout && resolve(process.env[tool.checkout]);
    const ask = `from importlib.metadata import version; print(version('${packages[0].replace(/[<>=].*/, '')}'))`;
    version = tool.version?.({ checkout, folder }) ?? (await must('Asking the version', own, ['-c', ask])).trim();
    await must('Installing the kernelspec', projectNode(), [
      at('dist', 'kernel', 'cli.js'),
      'install',
      '--prefix',
      venv,
    ]);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    cpSync(at('.ci', 'ecosystem', 'files'), work, { recursive: true });
    const PATH = [bin, join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
    const env = { ...process.env, ...ownFolders(folder, venv), PATH };
    const start = async (program, ...args) => {
      const { code, output } = await within(
        run(program === 'python' ? own : resolve(bin, program), args, { quiet: true, cwd: work, env }),
      );
      if (code !== 0)
        throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.trimEnd().slice(-3000)}`);
      return output;
    };
    const text = await tool.run({ start, work, checkout });
    for (const expected of tool.expected ?? ['answer 6']) {
      if (!text.includes(expected))
        throw new Error(`'${expected}' was expected in what it made:\n${text.slice(0, 2000)}`);
    }
    return { name, version, does };
  } catch (error) {
    return { name, version, does, why: error.message };
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** So that nothing of the person's own Jupyter is read or written. */
function ownFolders(folder, venv) {
  return {
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    // The environment's own folder, which Python's clients would find without this and others do not.
    JUPYTER_PATH: join(venv, 'share', 'jupyter'),
    IPYTHONDIR: join(folder, 'ipython'),
  };
}

async function within(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${TOOL_MINUTES} minutes`)), TOOL_MINUTES * 60_000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
