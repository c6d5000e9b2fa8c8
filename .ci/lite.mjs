// `npm run lite -- [FOLDER] [--contents NOTEBOOKS] [--extension WHEEL]`: in that folder, or build/lite, the Python package that adds this kernel
// to JupyterLite, and a site of JupyterLite with the kernel and the lessons, or with the notebooks of a folder. Nothing has to be installed to use the site, and any host that serves files
// will do. Runs under Node 20.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readWords } from './arguments.mjs';
import { must } from './command.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { built } from './setup/built.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const EXTENSION = 'jupyterlite-cokernel';
const USAGE = 'npm run lite [-- [FOLDER] [--contents FOLDER] [--extension WHEEL_OR_FOLDER]…]';
/** `--extension`: a wheel or folder of another extension that the site is to have. */
const OPTIONS = { contents: { type: 'string' }, extension: { type: 'string', multiple: true } };
/** What the worker consists of, among the scripts of live pages. */
const OF_WORKER = /^(worker|oxc|esbuild|player)\b|^browser-|^chunk-/;

await main(async () => {
  const { values, positionals } = readWords(USAGE, { options: OPTIONS, allowPositionals: true });
  await packages();
  await built();
  const python = await environment('lab', 'test');
  const out = resolve(positionals[0] ?? at('build', 'lite'));
  rmSync(out, { recursive: true, force: true });
  const stage = join(out, 'extension');
  await step('the extension', () => writeExtension(stage));
  const wheel = await step('its wheel', () => buildWheel(python, out, stage));
  const contents = values.contents === undefined ? await lessonsIn(out) : resolve(values.contents);
  await step('the site', () => buildSite(python, { out, contents, extensions: [wheel, ...(values.extension ?? [])] }));
  say(`\nThe wheel is ${wheel} (${(statSync(wheel).size / 1e6).toFixed(1)} MB).`);
  const site = join(out, 'site');
  say(`The site is in ${site}. To look at it, serve that folder, for example: python3 -m http.server -d ${site}`);
  return 0;
});

/** The folder of a prebuilt extension of JupyterLab, as its package.json tells it. */
async function writeExtension(stage) {
  const scripts = join(stage, 'static');
  mkdirSync(scripts, { recursive: true });
  const { bundleLite } = await import('./web.mjs');
  await bundleLite(scripts);
  const web = at('dist', 'web');
  for (const name of readdirSync(web).filter((name) => OF_WORKER.test(name)))
    cpSync(join(web, name), join(scripts, name));
  for (const logo of ['logo-svg.svg', 'logo-64x64.png']) cpSync(at('kernel', 'logos', logo), join(scripts, logo));
  const { version, license } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const described = {
    name: EXTENSION,
    version,
    description: 'A TypeScript kernel made to teach coroutines, for JupyterLite',
    license,
    jupyterlite: { liteExtension: true },
    jupyterlab: { extension: true, _build: { load: 'static/remoteEntry.js', extension: './extension' } },
  };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
  const installed = {
    packageManager: 'python',
    packageName: EXTENSION,
    uninstallInstructions: `pip uninstall ${EXTENSION}`,
  };
  writeFileSync(join(stage, 'install.json'), `${JSON.stringify(installed, null, 2)}\n`);
}

async function buildWheel(python, out, stage) {
  const args = ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', out];
  const env = { ...process.env, COKERNEL_LITE_STAGE: stage };
  await must('Building the wheel', python, args, { cwd: at('packaging', 'jupyterlite'), env });
  const wheel = readdirSync(out).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Sentence('hatchling was expected to leave a wheel in build/lite.');
  return join(out, wheel);
}

/** The lessons without outputs, as learners get them. */
async function lessonsIn(out) {
  const folder = join(out, 'contents');
  const args = [at('dist', 'kernel', 'cli.js'), 'lessons', folder];
  await step('the lessons', () => must('Copying the lessons', projectNode(), args, { env: childEnvironment() }));
  return folder;
}

async function buildSite(python, { out, contents, extensions }) {
  const site = join(out, 'site');
  // The source maps would be half of it. What shows widgets comes from the environment.
  const settings = { contents: [contents], federated_extensions: extensions, output_dir: site, no_sourcemaps: true };
  writeFileSync(join(out, 'jupyter_lite_config.json'), JSON.stringify({ LiteBuildConfig: settings }));
  const page = { 'jupyter-config-data': { appName: 'cokernel', defaultKernelName: 'cokernel' } };
  writeFileSync(join(out, 'jupyter-lite.json'), JSON.stringify({ 'jupyter-lite-schema-version': 0, ...page }));
  await must('jupyter lite build', python, ['-m', 'jupyterlite_core', 'build', '--lite-dir', out], { cwd: out });
}
