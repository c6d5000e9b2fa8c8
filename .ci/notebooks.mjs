// `npm run notebooks`: executes every notebook with nbconvert into build/notebooks as HTML; fails when one fails.
// `npm run notebooks -- --update` stores fresh outputs in the notebooks themselves instead. Files may be named after it.
// Runs under Node 20 with nothing installed.

import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { run } from './command.mjs';
import { darkTheme, finish, writeContents } from './pages.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { built } from './setup/built.mjs';
import { kernelspec } from './setup/kernelspec.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

/** nbconvert itself would wait for ever on a cell that hangs. */
const CELL_SECONDS = 600;
const AT_ONCE = Math.min(2, availableParallelism());

await main(async () => {
  const given = process.argv.slice(2);
  const asked = given.filter((argument) => argument !== '--update');
  const notebooks = asked.length > 0 ? asked : every();
  if (notebooks.length === 0) throw new Sentence('There is no .ipynb file in notebooks/.');
  await packages();
  await built();
  if (asked.length < given.length) return await update(notebooks);
  const python = await environment('lab');
  await kernelspec();
  mkdirSync(at('build', 'notebooks'), { recursive: true });
  return execute(python, notebooks);
});

function every() {
  const names = readdirSync(at('notebooks'), { recursive: true }).map(String);
  return names
    .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
    .sort()
    .map((name) => at('notebooks', name));
}

/** One after another, so that the pictures of time are drawn on a machine that has nothing else to do. */
async function update(notebooks) {
  const args = [at('dist', 'kernel', 'cli.js'), 'run', '--inplace', '--jobs', '1', ...notebooks];
  return (await run(projectNode(), args, { env: childEnvironment() })).code;
}

async function execute(python, notebooks) {
  const failed = [];
  const queue = [...notebooks];
  const worker = async () => {
    for (let notebook = queue.shift(); notebook !== undefined; notebook = queue.shift()) {
      if (!(await convert(python, notebook))) failed.push(notebook);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { marked } = await import('marked');
  writeContents(at('build', 'notebooks'), at('notebooks'), (text) => marked.parse(text));
  say(`\n${notebooks.length - failed.length} passed, ${failed.length} failed; the pages are in build/notebooks`);
  return failed.length > 0 ? 1 : 0;
}

async function convert(python, notebook) {
  const args = ['-m', 'nbconvert', '--to', 'html', '--execute', `--ExecutePreprocessor.timeout=${CELL_SECONDS}`];
  args.push('--output-dir', at('build', 'notebooks'), notebook);
  try {
    await step(notebook.replace(at(), '').replace(/^[\\/]/, ''), async () => {
      const { code, output } = await run(python, args, { quiet: true, env: childEnvironment(), cwd: at() });
      if (code !== 0) throw new Sentence(output.trimEnd().slice(-4000));
      finish(
        at('build', 'notebooks', basename(notebook).replace(/\.ipynb$/, '.html')),
        darkTheme(dirname(dirname(python))),
      );
    });
    return true;
  } catch (error) {
    say(error.message);
    return false;
  }
}
