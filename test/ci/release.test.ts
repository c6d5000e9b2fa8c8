// `npm run release` in a repository of its own: what it refuses, what it writes, and that a failure leaves no trace.

import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FILES = [
  '.ci',
  'kernel',
  'packaging',
  'runtime',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.gitignore',
  'LICENSE',
];
const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n\n- The first.\n';
const { version: current } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const next = current.replace(/\d+$/, (patch: string) => String(Number(patch) + 1));
const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' };
const env = { ...process.env, ...author, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' };

let folder: ReturnType<typeof temporaryFolder>;
/** The first commit of the repository. */
let first: string;
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8');
const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
const release = (...args: readonly string[]) =>
  end(process.execPath, [join(folder.path, '.ci', 'release.mjs'), ...args], env, folder.path);

async function git(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await end('git', args, env, folder.path);
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trimEnd();
}

async function commit(name: string, text: string): Promise<void> {
  write(name, text);
  await git('add', name);
  await git('commit', '--quiet', '--message', name);
}

beforeAll(async () => {
  folder = temporaryFolder();
  for (const name of FILES) cpSync(join(root, name), join(folder.path, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'), 'junction');
  await git('init', '--quiet', '--initial-branch', 'main');
  // .gitignore means a folder; this is a link.
  write('.git/info/exclude', 'node_modules\n');
  write('CHANGELOG.md', CHANGELOG);
  write('.ci/test.mjs', 'console.log("the tests ran");\n');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'All');
  first = await git('rev-parse', 'HEAD');
}, 30_000);
afterEach(async () => {
  await git('reset', '--quiet', '--hard');
  await git('switch', '--quiet', 'main');
  await git('reset', '--quiet', '--hard', first);
  for (const tag of (await git('tag')).split('\n').filter(Boolean)) await git('tag', '--delete', tag);
});
afterAll(() => folder[Symbol.dispose]());

test('a release builds, tests, packs, commits and tags, and says how a person publishes it', async () => {
  const { code, stdout, stderr } = await release(next);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('the tests ran');
  expect(stdout).toContain('Nothing has been published.');
  expect(stdout).toContain(`git push origin main v${next}\n  npm publish build/release/cokernel-${next}.tgz`);
  expect(stdout).toContain('npm run wheel -- --all && npm run lite');
  const today = new Date().toISOString().slice(0, 10);
  const heads = `## [Unreleased]\n\n## [${next}] - ${today}\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n`;
  expect(read('CHANGELOG.md')).toBe(CHANGELOG.replace(/## \[Unreleased\][\s\S]*2026-01-01\n/, heads));
  const lock = JSON.parse(read('package-lock.json'));
  expect([JSON.parse(read('package.json')).version, lock.version, lock.packages[''].version]).toEqual([
    next,
    next,
    next,
  ]);
  // No more than the versions and the heading.
  expect(await git('diff', '--shortstat', 'HEAD~1')).toBe(' 4 files changed, 6 insertions(+), 4 deletions(-)');
  expect(await git('log', '-1', '--format=%s')).toBe(`Release ${next}`);
  expect(await git('rev-parse', `v${next}^{commit}`)).toBe(await git('rev-parse', 'HEAD'));
  expect(await git('tag', '--list', '--format=%(contents)')).toContain('### Added\n\n- A thing.');
  expect(await git('status', '--porcelain')).toBe('');
  const tarball = join('build', 'release', `cokernel-${next}.tgz`);
  const packed = await end('tar', ['-xzOf', tarball, 'package/package.json'], env, folder.path);
  expect(JSON.parse(packed.stdout).version).toBe(next);
}, 120_000);

test('tests that fail leave the files as they were, and no tag', async () => {
  await commit('.ci/build.mjs', '');
  await commit('.ci/test.mjs', 'process.exit(1);\n');
  const { code, stderr } = await release(next);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('The tests failed') });
  expect(await git('status', '--porcelain')).toBe('');
  expect(await git('log', '-1', '--format=%s')).toBe('.ci/test.mjs');
  expect(await git('tag')).toBe('');
}, 120_000);

test('the tests are left out only by --skip-tests, and that is said', async () => {
  await commit('.ci/build.mjs', '');
  await commit('.ci/test.mjs', 'process.exit(1);\n');
  const { code, stdout } = await release(next, '--skip-tests');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('left out (--skip-tests)') });
}, 120_000);

test.each([
  ['--dry-run', [next, '--dry-run'], {}],
  // `npm run release 0.2.0 --dry-run`, without the `--`, tells only npm.
  ['--dry-run that npm took', [next], { npm_config_dry_run: 'true' }],
])('%s shows the entry and changes nothing', async (_name, args, more) => {
  const script = join(folder.path, '.ci', 'release.mjs');
  const { code, stdout } = await end(process.execPath, [script, ...args], { ...env, ...more }, folder.path);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Dry run: cokernel \S+ would become \S+, with this entry:\n\n## \[\S+\] - \S+\n\n### Added\n/,
  );
  expect([await git('status', '--porcelain'), await git('tag')]).toEqual(['', '']);
});

test('what is in the way of a release is told in a sentence', async () => {
  const refused = async (...args: readonly string[]) => {
    const { code, stderr } = await release('--dry-run', ...args);
    expect([code, stderr]).toEqual([1, expect.not.stringMatching(/^\s+at /m)]);
    return stderr.trim();
  };
  expect(await refused()).toMatch(/^One version was expected\. Usage: npm run release -- VERSION/);
  expect(await refused('0.2')).toMatch(/^A version such as 0\.2\.0 was expected, got 0\.2\./);
  expect(await refused(next, '--publish')).toMatch(/--publish.*\nUsage: npm run release/);
  expect(await refused(current)).toBe(`The new version should come after ${current}, got ${current}.`);
  expect(await refused('0.0.9')).toBe(`The new version should come after ${current}, got 0.0.9.`);

  write('LICENSE', 'changed');
  expect(await refused(next)).toContain(' M LICENSE\nCommit or stash them first.');
  await git('checkout', '--', 'LICENSE');

  await git('tag', `v${next}`);
  expect(await refused(next)).toBe(`There is a tag v${next} already.`);
  await git('tag', '--delete', `v${next}`);

  await git('switch', '--quiet', '--create', 'other');
  expect(await refused(next)).toContain('on the branch main; this is other.');
  await git('switch', '--quiet', 'main');

  await commit('CHANGELOG.md', CHANGELOG.replace('- A thing.', ''));
  expect(await refused(next)).toContain('nothing under "## [Unreleased]"');
  await commit('CHANGELOG.md', CHANGELOG.replace('[Unreleased]', '[Later]'));
  expect(await refused(next)).toContain('no line "## [Unreleased]"');
  await commit('CHANGELOG.md', CHANGELOG.replace('[0.1.0]', `[${next}]`));
  expect(await refused(next)).toContain(`has an entry for ${next} already`);
});

test('the changelog of this project has the form that a release needs', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings[0]).toBe('[Unreleased]');
  for (const heading of headings.slice(1)) expect(heading).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
  expect(text).toContain(`## [${current}] - `);
});
