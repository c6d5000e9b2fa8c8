// The tools: what is installed for each, how a notebook goes through it, and what it must have made. `run` resolves to the
// text in which `expected` is looked for. `packages` come from PyPI and `npm` from npm; the first of `packages` tells the
// version, if `version` does not. `checkout` is a variable that names a folder for what is in no registry. The files that
// they start from are in files/.

import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (work, ...path) => readFileSync(join(work, ...path), 'utf8');

export const tools = [
  {
    name: 'papermill',
    packages: ['papermill', 'ipykernel'],
    does: 'run with a parameter',
    expected: ['answer 42'],
    // The kernelspec was written after papermill was there, so it writes parameters as TypeScript.
    async run({ start, work }) {
      await start('papermill', 'notebook.ipynb', 'out.ipynb', '-p', 'n', '7');
      return read(work, 'out.ipynb');
    },
  },
  {
    name: 'nbconvert',
    packages: ['nbconvert', 'nbclient', 'ipykernel'],
    does: 'executed and made a page',
    expected: ['answer 6', '<b>bold</b>'],
    async run({ start, work }) {
      await start('jupyter-nbconvert', '--to', 'html', '--execute', 'notebook.ipynb');
      return read(work, 'notebook.html');
    },
  },
  {
    name: 'nbval',
    packages: ['nbval', 'nbclient', 'ipykernel'],
    does: 'executed by pytest, its outputs compared',
    expected: ['passed'],
    async run({ start }) {
      await start('jupyter-execute', '--inplace', 'notebook.ipynb');
      return start('pytest', '--nbval', '-p', 'no:cacheprovider', 'notebook.ipynb');
    },
  },
  {
    name: 'jupytext',
    packages: ['jupytext', 'nbconvert', 'ipykernel'],
    does: 'made from Markdown and executed',
    async run({ start, work }) {
      await start(
        'jupytext',
        '--to',
        'ipynb',
        '--set-kernel',
        'cokernel',
        '--execute',
        '--output',
        'out.ipynb',
        'document.md',
      );
      return read(work, 'out.ipynb');
    },
  },
  {
    name: 'testbook',
    packages: ['testbook', 'ipykernel'],
    does: 'executed by a test in Python',
    run: ({ start }) => start('python', 'by_testbook.py'),
  },
  {
    name: 'nbdime',
    packages: ['nbdime', 'nbclient', 'ipykernel'],
    does: 'compared with what it was before it ran',
    async run({ start }) {
      await start('jupyter-execute', '--output', 'out', 'notebook.ipynb');
      return start('nbdiff', '--no-color', '--no-git', 'notebook.ipynb', 'out.ipynb');
    },
  },
  bySphinx(
    'nbsphinx',
    "extensions = ['nbsphinx']\nnbsphinx_execute = 'always'\nexclude_patterns = ['*.md', 'myst']\n",
    'index.rst',
    'Title\n=====\n\n.. toctree::\n\n   notebook\n',
  ),
  bySphinx(
    'myst-nb',
    "extensions = ['myst_nb']\nnb_execution_mode = 'force'\nexclude_patterns = ['document.md', 'myst']\n",
    'index.md',
    '# Title\n\n```{toctree}\nnotebook\n```\n',
  ),
  {
    name: 'voila',
    packages: ['voila', 'ipykernel'],
    does: 'served as a page without code',
    run: ({ start }) => start('python', 'by_voila.py'),
  },
  {
    name: 'kernel gateway',
    packages: ['jupyter_kernel_gateway', 'ipykernel'],
    does: 'run cell by cell over its web socket',
    expected: ['answer 6', "'ada'"],
    run: ({ start }) => start('python', 'by_gateway.py', 'kernel_gateway', 'KernelGatewayApp'),
  },
  {
    name: 'enterprise gateway',
    packages: ['jupyter_enterprise_gateway', 'ipykernel'],
    does: 'run cell by cell over its web socket',
    expected: ['answer 6', "'ada'"],
    run: ({ start }) => start('python', 'by_gateway.py', 'enterprise_gateway', 'EnterpriseGatewayApp'),
  },
  {
    name: 'jupyterhub',
    packages: ['jupyterhub', 'jupyterlab'],
    npm: ['configurable-http-proxy'],
    does: "run in a user's server, through the proxy",
    expected: ['answer 6', "'ada'"],
    run: ({ start }) => start('python', 'by_hub.py'),
  },
  {
    name: 'jupyter-collaboration',
    packages: ['jupyter-collaboration', 'jupyterlab', 'jupyter-nbmodel-client', 'jupyter-kernel-client'],
    does: 'run in a shared document',
    run: ({ start }) => start('python', 'by_collaboration.py'),
  },
  {
    name: 'quarto',
    packages: ['nbclient', 'ipykernel', 'pyyaml'],
    checkout: 'QUARTO_CLI',
    version: ({ checkout }) => /QUARTO_VERSION=(\S+)/.exec(read(checkout, 'configuration'))[1],
    does: "executed by Quarto's own script",
    expected: ['answer 6', '"text/plain": "42"'],
    run: ({ start, checkout }) => start('python', 'by_quarto.py', checkout),
  },
  {
    name: 'nbgrader',
    packages: ['nbgrader', 'ipykernel'],
    does: 'released, handed in and graded',
    expected: ['score 2.0 of 2.0'],
    async run({ start, work }) {
      await start('nbgrader', 'generate_assignment', 'ps1', '--create');
      const submitted = join(work, 'submitted', 'ada', 'ps1');
      mkdirSync(join(work, 'submitted', 'ada'), { recursive: true });
      renameSync(join(work, 'release', 'ps1'), submitted);
      const file = join(submitted, 'problem.ipynb');
      const notebook = JSON.parse(readFileSync(file, 'utf8'));
      const answer = notebook.cells.find(({ metadata }) => metadata.nbgrader?.solution);
      if (!JSON.stringify(answer.source).includes('not yet')) throw new Error('the solution was not cleared');
      answer.source = 'const twice = (x: number) => 2 * x;';
      writeFileSync(file, JSON.stringify(notebook));
      await start('nbgrader', 'autograde', 'ps1', '--create');
      return start('python', 'by_nbgrader.py');
    },
  },
  {
    name: 'jupyter book 2',
    packages: ['jupyter-book>=2', 'jupyter-server', 'ipykernel'],
    does: 'executed in a build',
    async run({ start, work }) {
      // The themes of its pages come from the network, so it makes XML.
      await start('python', 'by_myst.py', '.', 'jupyter-book', 'build', 'notebook.ipynb', '--execute', '--xml', '--ci');
      const outputs = join(work, '_build', 'exports', 'files');
      return readdirSync(outputs)
        .map((name) => read(outputs, name))
        .join('\n');
    },
  },
  {
    name: 'mystmd',
    packages: ['jupyter-server', 'ipykernel'],
    npm: ['mystmd'],
    version: ({ folder }) => JSON.parse(read(folder, 'node_modules', 'mystmd', 'package.json')).version,
    does: 'executed in a build of pages, by `myst build --execute --html`',
    expected: ['page 42', '"42.5"', 'answer 6', '<b>bold</b>'],
    async run({ start, work }) {
      const site = join(work, 'myst');
      cpSync(join(work, 'notebook.ipynb'), join(site, 'notebook.ipynb'));
      mkdirSync(join(site, 'theme', 'public'));
      await start('python', 'by_myst.py', site, 'myst', 'build', '--execute', '--html', '--ci');
      return ['index.html', 'index.json', 'notebook/index.html']
        .map((name) => read(site, '_build', 'html', name))
        .join('\n');
    },
  },
  {
    name: 'kernel-testbed',
    packages: ['ipykernel'],
    checkout: 'KERNEL_TESTBED',
    version: ({ checkout }) => /^version = "(.*)"$/m.exec(read(checkout, 'Cargo.toml'))[1],
    does: 'not needed: it has 27 tests of the protocol',
    expected: ['Total: 27/27'],
    run: ({ start, checkout }) => start(join(checkout, 'target', 'release', 'jupyter-kernel-test'), 'cokernel'),
  },
];

/** An extension of Sphinx: the settings, and the page that leads to the notebook. */
function bySphinx(name, settings, index, contents) {
  return {
    name,
    packages: [name, 'ipykernel'],
    does: 'executed in a build of Sphinx',
    async run({ start, work }) {
      writeFileSync(join(work, 'conf.py'), settings);
      writeFileSync(join(work, index), contents);
      await start('sphinx-build', '-q', '-b', 'html', '.', 'pages');
      return read(work, 'pages', 'notebook.html');
    },
  };
}
