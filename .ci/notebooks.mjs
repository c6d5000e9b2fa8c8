// `npm run notebooks`: executes every notebook with nbconvert into build/notebooks as HTML; fails when one fails.
// Runs under Node 20 with nothing installed.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { run } from './command.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { built } from './setup/built.mjs';
import { kernelspec } from './setup/kernelspec.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

/** nbconvert itself would wait for ever on a cell that hangs. */
const CELL_SECONDS = 600;
const AT_ONCE = Math.min(2, availableParallelism());

await main(async () => {
  await packages();
  await built();
  const python = await environment('lab');
  await kernelspec();
  const asked = process.argv.slice(2);
  const notebooks = asked.length > 0 ? asked : every();
  if (notebooks.length === 0) throw new Sentence('There is no .ipynb file in notebooks/.');
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

async function execute(python, notebooks) {
  const failed = [];
  const queue = [...notebooks];
  const worker = async () => {
    for (let notebook = queue.shift(); notebook !== undefined; notebook = queue.shift()) {
      if (!(await convert(python, notebook))) failed.push(notebook);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  writeIndex();
  say(`\n${notebooks.length - failed.length} passed, ${failed.length} failed; the pages are in build/notebooks`);
  return failed.length > 0 ? 1 : 0;
}

/** A page that leads to all pages there are, by the first heading of each. */
function writeIndex() {
  const folder = at('build', 'notebooks');
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html') && name !== 'index.html');
  const items = pages
    .sort()
    .map((name) => `<li><a href="${encodeURI(name)}">${titleOf(`${folder}/${name}`) ?? name}</a></li>`);
  const style = 'body{max-width:40em;margin:3em auto;padding:0 1em;font:18px/1.6 system-ui;color-scheme:light dark}';
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notebooks</title><style>${style}</style>`;
  const page = `<!doctype html><html lang="en"><head>${head}</head><body><h1>Notebooks</h1><ol>\n${items.join('\n')}\n</ol></body></html>\n`;
  writeFileSync(`${folder}/index.html`, page);
}

/** As HTML, without markup of its own. */
function titleOf(path) {
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(readFileSync(path, 'utf8'))?.[1];
  return heading
    ?.replace(/<a class="anchor-link".*?<\/a>/s, '')
    .replace(/<[^>]*>/g, '')
    .trim();
}

async function convert(python, notebook) {
  const args = ['-m', 'nbconvert', '--to', 'html', '--execute', `--ExecutePreprocessor.timeout=${CELL_SECONDS}`];
  args.push('--output-dir', at('build', 'notebooks'), notebook);
  try {
    await step(notebook.replace(at(), '').replace(/^[\\/]/, ''), async () => {
      const { code, output } = await run(python, args, { quiet: true, env: childEnvironment(), cwd: at() });
      if (code !== 0) throw new Sentence(output.trimEnd().slice(-4000));
    });
    return true;
  } catch (error) {
    say(error.message);
    return false;
  }
}
