// `npm run wheel`: the package as a Python wheel in build/wheel, for this platform or for those that are named, from
// what npm publishes for each; no compiler is needed. packaging/wheel has the Python side. Runs under Node 20.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { must } from './command.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { npm } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const USAGE = 'npm run wheel -- [PLATFORM …] [--all]';

/** Platform → what Python calls it, and the libc that npm's packages are chosen by. */
const PLATFORMS = {
  'linux-x64': { tag: 'manylinux_2_28_x86_64', libc: 'glibc' },
  'linux-arm64': { tag: 'manylinux_2_28_aarch64', libc: 'glibc' },
  'darwin-x64': { tag: 'macosx_11_0_x86_64' },
  'darwin-arm64': { tag: 'macosx_11_0_arm64' },
  'win32-x64': { tag: 'win_amd64' },
  'win32-arm64': { tag: 'win_arm64' },
};

await main(async () => {
  const platforms = readArguments();
  const python = await environment('test');
  const out = at('build', 'wheel');
  const tarball = await step('packing', () => pack(out));
  for (const platform of platforms) {
    const wheel = await step(`the wheel for ${platform}`, () => build(platform, { python, out, tarball }));
    const untested = platform === here() ? '' : ', which cannot be run here and is untested';
    say(`  ${wheel} (${(statSync(wheel).size / 1e6).toFixed(1)} MB)${untested}`);
  }
  return 0;
});

function here() {
  return `${process.platform}-${process.arch}`;
}

function readArguments() {
  const { values, positionals } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
  const wanted = values.all ? Object.keys(PLATFORMS) : positionals.length > 0 ? positionals : [here()];
  for (const platform of wanted) {
    if (!Object.hasOwn(PLATFORMS, platform))
      throw new Sentence(
        `There is no wheel for ${platform}: one of ${Object.keys(PLATFORMS).join(', ')} was expected. Usage: ${USAGE}`,
      );
  }
  return wanted;
}

/** The npm package, of what is built. */
async function pack(out) {
  if (!existsSync(at('dist', 'kernel', 'cli.js'))) throw new Sentence('dist/ is not built. Run: npm run build');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await npm(['pack', '--ignore-scripts', '--pack-destination', out]);
  return join(
    out,
    readdirSync(out).find((name) => name.endsWith('.tgz')),
  );
}

async function build(platform, { python, out, tarball }) {
  const stage = join(out, platform);
  const home = join(stage, 'npm');
  mkdirSync(home, { recursive: true });
  await must('Unpacking the package', 'tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  await installPackages(home, platform);
  trim(home, platform);
  await writeKernelspec(stage);
  cpSync(join(home, 'kernel', 'papermill', 'cokernel_papermill.py'), join(stage, 'cokernel_papermill.py'));
  const env = {
    ...process.env,
    COKERNEL_WHEEL_STAGE: stage,
    COKERNEL_WHEEL_TAG: `py3-none-${PLATFORMS[platform].tag}`,
  };
  const args = ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', out];
  const before = new Set(readdirSync(out));
  await must('Building the wheel', python, args, { cwd: at('packaging', 'wheel'), env });
  rmSync(stage, { recursive: true, force: true });
  return join(
    out,
    readdirSync(out).find((name) => name.endsWith('.whl') && !before.has(name)),
  );
}

/** The dependencies of the lock file, for another platform as well: no script of theirs runs. */
async function installPackages(home, platform) {
  const [os, cpu] = platform.split('-');
  const { libc } = PLATFORMS[platform];
  cpSync(at('package-lock.json'), join(home, 'package-lock.json'));
  const words = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    `--os=${os}`,
    `--cpu=${cpu}`,
  ];
  await npm(libc === undefined ? words : [...words, `--libc=${libc}`], home);
  rmSync(join(home, 'package-lock.json'));
}

/** Most of what npm brings is for other platforms, or for those who develop the packages. */
function trim(home, platform) {
  const modules = join(home, 'node_modules');
  for (const name of ['.bin', '.package-lock.json']) rmSync(join(modules, name), { recursive: true, force: true });
  trimZeromq(join(modules, 'zeromq'), platform);
  const needless =
    /\.(map|markdown|flow|tsbuildinfo)$|(^|\/)(?!licen[cs]e)[^/]*\.md$|(^|\/)(CHANGELOG|\.github|\.editorconfig|tsconfig\.json)/i;
  for (const path of readdirSync(modules, { recursive: true })) {
    if (needless.test(path.replaceAll(sep, '/'))) rmSync(join(modules, path), { recursive: true, force: true });
  }
}

/** zeromq carries an addon for each platform and each version of Node's interface; the newest that npm has is enough. */
function trimZeromq(folder, platform) {
  for (const name of ['src', 'script', 'CMakeLists.txt', 'vcpkg.json'])
    rmSync(join(folder, name), { recursive: true, force: true });
  const [os, arch] = platform.split('-');
  const file = join(folder, 'build', 'manifest.json');
  const fits = ([key]) => {
    const found = JSON.parse(key);
    return found.os === os && found.arch === arch && found.libc !== 'musl';
  };
  const builds = Object.entries(JSON.parse(readFileSync(file, 'utf8'))).filter(fits);
  const [newest] = builds.sort(([a], [b]) => JSON.parse(b).abi - JSON.parse(a).abi);
  if (newest === undefined) throw new Sentence(`zeromq has no addon for ${platform} (${file}).`);
  const kept = join(folder, 'build', ...newest[1].split(/[\\/]/));
  const bytes = readFileSync(kept);
  rmSync(join(folder, 'build'), { recursive: true });
  mkdirSync(join(kept, '..'), { recursive: true });
  writeFileSync(kept, bytes, { mode: 0o755 });
  writeFileSync(file, JSON.stringify(Object.fromEntries([newest])));
}

/** As `cokernel install` writes it, but that Python starts the kernel: Jupyter puts its own in the place of `python`. */
async function writeKernelspec(stage) {
  const prefix = join(stage, 'prefix');
  const install = [at('dist', 'kernel', 'cli.js'), 'install', '--prefix', prefix];
  await must('Writing the kernelspec', projectNode(), install, { env: childEnvironment() });
  const folder = join(stage, 'kernelspec');
  cpSync(join(prefix, 'share', 'jupyter', 'kernels', 'cokernel'), folder, { recursive: true });
  rmSync(prefix, { recursive: true });
  const file = join(folder, 'kernel.json');
  const spec = { ...JSON.parse(readFileSync(file, 'utf8')), argv: ['python', '-m', 'cokernel', '{connection_file}'] };
  writeFileSync(file, `${JSON.stringify(spec, null, 2)}\n`);
}
