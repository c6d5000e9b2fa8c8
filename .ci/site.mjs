// `npm run site`: makes build/site, a static site of the lessons whose cells run in the reader's browser. With `-- --lite` it
// has a JupyterLite too, to which each page leads. Any host that serves files will do; nothing has to be installed to read it.
// Runs under Node 20 with nothing installed.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWords } from './arguments.mjs';
import { must, run } from './command.mjs';
import { linkPages, writeContents } from './pages.mjs';
import { main, Sentence, say } from './say.mjs';
import { built } from './setup/built.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';

/** The lesson whose replay stands on top of the contents. */
const SHOWN = '05-at-the-same-time.html';

const BEGIN = `Open a lesson and press **Run** below a cell; edit the cell first if you like. The code runs in your browser: nothing has
to be installed, and your changes are kept there. What a cell showed when the page was made is folded away below it, so
predict first. Pages that you have opened are there without the network too.`;

await main(async () => {
  const { values } = readWords('npm run site [-- --lite]', { options: { lite: { type: 'boolean' } } });
  await packages();
  await built();
  const site = at('build', 'site');
  rmSync(site, { recursive: true, force: true });
  // First, for a page leads to it where it is there.
  if (values.lite) {
    await must('npm run lite', process.execPath, [at('.ci', 'lite.mjs')]);
    cpSync(at('build', 'lite', 'site'), join(site, 'lite'), { recursive: true });
  }
  const lessons = readdirSync(at('notebooks')).filter((name) => name.endsWith('.ipynb'));
  const files = lessons.sort().map((name) => at('notebooks', name));
  // One after another, so that the pictures of time are drawn on a machine that has nothing else to do.
  const args = [at('dist', 'kernel', 'cli.js'), 'run', '--jobs', '1', '--html', '--live', '--out', site, ...files];
  const { code } = await run(projectNode(), args, { env: childEnvironment() });
  if (code !== 0) throw new Sentence('Not every lesson ran, so there is no whole site.');
  for (const name of readdirSync(site).filter((file) => file.endsWith('.html'))) {
    const path = join(site, name);
    writeFileSync(path, linkPages(readFileSync(path, 'utf8')));
  }
  const { marked } = await import('marked');
  writeContents(site, at('notebooks'), (text) => marked.parse(text), {
    shown: replayIn(join(site, SHOWN)),
    begin: BEGIN,
  });
  say('\nThe site is in build/site. To look at it, serve that folder: a file: address runs no scripts.');
  return 0;
});

/** The moving picture of a page, which needs no script. */
function replayIn(path) {
  const [image] = /<img class="ck-still"[^>]*>/.exec(readFileSync(path, 'utf8').split('ck-replay"').pop()) ?? [];
  if (image === undefined) throw new Sentence(`${path} was expected to hold a replay.`);
  return `<figure class="shown"><a href="${SHOWN}">${image}</a></figure>`;
}
