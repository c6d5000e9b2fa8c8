// `npm run release -- 0.2.0`: turns what is unreleased into a version: CHANGELOG.md, package.json and the lock file,
// build, tests, tarball, commit and tag. It publishes nothing; at the end it says the commands by which a person does.
// `--dry-run` only checks and says what would happen; `--skip-tests` leaves the tests out. Runs under Node 20.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { readWords } from './arguments.mjs';
import { must, run } from './command.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { built } from './setup/built.mjs';
import { npm, packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';

const USAGE = 'npm run release -- VERSION [--dry-run] [--skip-tests]';
const BRANCH = 'main';
const WRITTEN = ['CHANGELOG.md', 'package.json', 'package-lock.json', 'packaging/conda/recipe.yaml'];

await main(async () => {
  const { version, dryRun, skipTests } = readArguments();
  const manifest = JSON.parse(read('package.json'));
  newer(version, manifest.version);
  await ready(version);
  const changelog = released(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10));
  if (dryRun) {
    say(
      `Dry run: ${manifest.name} ${manifest.version} would become ${version}, with this entry:\n\n${changelog.entry}`,
    );
    return 0;
  }
  await packages();
  writeVersion(version, changelog.text);
  const tarball = await prove(version, `${manifest.name}-${version}.tgz`, skipTests).catch(async (error) => {
    await git('checkout', '--', ...WRITTEN);
    throw error;
  });
  await git('commit', '--quiet', '--message', `Release ${version}`, '--', ...WRITTEN);
  // Cleaned of no line with a #, which are the headings.
  await git('tag', '--annotate', '--cleanup=whitespace', '--message', changelog.entry, `v${version}`);
  say(`\n${version} is committed and tagged as v${version}; the package is ${tarball}. Nothing has been published.`);
  say(`To publish it:\n  git push origin ${BRANCH} v${version}\n  npm publish ${tarball}`);
  say('and for PyPI:\n  npm run wheel -- --all && npm run lite\n  twine upload build/wheel/*.whl build/lite/*.whl');
  return 0;
});

function readArguments() {
  const options = { 'dry-run': { type: 'boolean' }, 'skip-tests': { type: 'boolean' } };
  const { values, positionals } = readWords(USAGE, { options, allowPositionals: true });
  const [version, ...more] = positionals;
  if (!version || more.length > 0) throw new Sentence(`One version was expected. Usage: ${USAGE}`);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Sentence(`A version such as 0.2.0 was expected, got ${version}. Usage: ${USAGE}`);
  }
  // Without the `--` in the command npm takes the option for its own, and a rehearsal would be a release.
  const dryRun = values['dry-run'] ?? process.env.npm_config_dry_run === 'true';
  return { version, dryRun, skipTests: values['skip-tests'] ?? false };
}

function newer(version, current) {
  const [wanted, had] = [version, current].map((text) => text.split('.').map(Number));
  const place = wanted.findIndex((number, index) => number !== had[index]);
  if (place === -1 || wanted[place] < had[place]) {
    throw new Sentence(`The new version should come after ${current}, got ${version}.`);
  }
}

/** Throws where the repository is not in the state that a release is made from. */
async function ready(version) {
  const branch = (await git('branch', '--show-current')).trim();
  if (branch !== BRANCH) {
    throw new Sentence(
      `A release is made on the branch ${BRANCH}; this is ${branch || 'no branch'}. git switch ${BRANCH}`,
    );
  }
  const changed = await git('status', '--porcelain');
  if (changed)
    throw new Sentence(`These files have changes that are not committed:\n${changed}Commit or stash them first.`);
  if (await git('tag', '--list', `v${version}`)) throw new Sentence(`There is a tag v${version} already.`);
}

/** The changelog with what is unreleased under the version, and that entry alone. */
function released(text, version, date) {
  if (text.includes(`## [${version}]`)) {
    throw new Sentence(
      `CHANGELOG.md has an entry for ${version} already. What is new belongs under "## [Unreleased]".`,
    );
  }
  const section = /^## \[Unreleased\]\n([\s\S]*?)(?=^## \[|(?![\s\S]))/m.exec(text);
  if (!section) throw new Sentence('CHANGELOG.md has no line "## [Unreleased]".');
  const changes = section[1].trim();
  if (!/^- /m.test(changes)) {
    throw new Sentence(
      'CHANGELOG.md has nothing under "## [Unreleased]". Write there what is new for those who use it.',
    );
  }
  const entry = `## [${version}] - ${date}\n\n${changes}\n`;
  return {
    entry,
    text: text
      .replace(section[0], () => `## [Unreleased]\n\n${entry}\n`)
      .trimEnd()
      .concat('\n'),
  };
}

function writeVersion(version, changelog) {
  writeFileSync(at('CHANGELOG.md'), changelog);
  const manifest = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));
  manifest.version = lock.version = lock.packages[''].version = version;
  writeFileSync(at('package.json'), json(manifest));
  writeFileSync(at('package-lock.json'), json(lock));
  const recipe = read('packaging/conda/recipe.yaml');
  writeFileSync(at('packaging/conda/recipe.yaml'), recipe.replace(/^ {2}version: ".*"$/m, `  version: "${version}"`));
}

/** Builds, tests and packs; returns the path of the tarball, as a person here would type it. */
async function prove(version, name, skipTests) {
  await built();
  if (skipTests) say('! the tests were left out (--skip-tests)');
  else {
    const { code } = await run(projectNode(), [at('.ci', 'test.mjs')], { env: childEnvironment(), cwd: at() });
    if (code !== 0) throw new Sentence(`The tests failed, so ${version} was not made; the files are as they were.`);
  }
  const folder = at('build', 'release');
  mkdirSync(folder, { recursive: true });
  // The build above is what was tested; npm would make another.
  await step('packing', () => npm(['pack', '--ignore-scripts', '--pack-destination', folder]));
  if (!existsSync(`${folder}/${name}`)) throw new Sentence(`npm pack ended, but ${folder}/${name} is not there.`);
  const changed = (await git('status', '--porcelain'))
    .split('\n')
    .filter((line) => line && !WRITTEN.includes(line.slice(3)));
  if (changed.length > 0) throw new Sentence(`The build or the tests changed files:\n${changed.join('\n')}`);
  return `${relative(process.cwd(), folder)}/${name}`;
}

function git(...args) {
  return must(`git ${args[0]}`, 'git', args, { cwd: at() });
}

function read(name) {
  return readFileSync(at(name), 'utf8');
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
