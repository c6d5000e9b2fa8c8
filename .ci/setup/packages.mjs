// The npm packages: installed when node_modules is not what package-lock.json asks for.
// Compared by what npm itself wrote down, not by a stamp of ours, so that a plain `npm install` counts too.

import { existsSync, readFileSync } from 'node:fs';
import { must, run } from '../command.mjs';
import { Sentence, skipped, step } from '../say.mjs';
import { at, windows } from './places.mjs';

/** Installs the npm packages where they are not up to date. */
export async function packages() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Sentence(
      `Node 20 or newer is needed to begin with, and this is ${process.versions.node}: https://nodejs.org`,
    );
  }
  const missing = missingPackages();
  if (missing.length === 0) return skipped('npm packages');
  const total = wantedPackages().length;
  await step(`installing npm packages (${missing.length} of ${total}; a minute or two)`, () =>
    // Not `npm ci`: it empties node_modules first, and the Node in there may be the one that runs this.
    // `--no-save` leaves package-lock.json alone, which npm 9 and 10 would otherwise write in their own way.
    npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']),
  );
  // A machine for which an optional package has no build does without it.
  const still = missingPackages({ optional: false });
  if (still.length > 0) {
    throw new Sentence(
      `npm finished, but these packages are not there: ${still.slice(0, 8).join(', ')}.\n` +
        'Remove the folder node_modules and try again.',
    );
  }
}

/** The packages that are wanted and not installed in the version of the lock file. */
function missingPackages({ optional = true } = {}) {
  const there = lock('node_modules/.package-lock.json')?.packages ?? {};
  const missing = wantedPackages({ optional })
    .filter(([path, entry]) => there[path]?.version !== entry.version)
    .map(([path, entry]) => `${path.replace(/^.*node_modules\//, '')}@${entry.version}`);
  const binary = at('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  const major = Number.parseInt(process.versions.node, 10);
  // Its install script fetches the binary, and may have been forbidden or cut short.
  if (missing.length === 0 && major < 24 && !existsSync(binary)) missing.push('node (its binary)');
  return missing;
}

/**
 * The entries of the lock file that every platform needs. Of the optional packages only those that this project names
 * itself count; those of its dependencies are for other platforms, all but one or two.
 */
function wantedPackages({ optional = true } = {}) {
  const { packages: entries } = lock('package-lock.json');
  const own = new Set(Object.keys(entries['']?.optionalDependencies ?? {}).map((name) => `node_modules/${name}`));
  const wanted = (path, entry) => !entry.optional || (optional && own.has(path));
  return Object.entries(entries).filter(([path, entry]) => path !== '' && wanted(path, entry));
}

function lock(path) {
  return existsSync(at(path)) ? JSON.parse(readFileSync(at(path), 'utf8')) : undefined;
}

/** Runs npm in a folder; what it prints is told only where it fails. */
export async function npm(args, cwd = at()) {
  // Under `npm start` npm says where it lies; run by this Node, it needs no shell, and no .cmd on Windows.
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return must(`npm ${args[0]}`, process.execPath, [cli, ...args], { cwd });
  if (windows) return must(`npm ${args[0]}`, 'cmd.exe', ['/d', '/c', 'npm', ...args], { cwd });
  const { code } = await run('npm', ['--version'], { quiet: true }).catch(() => ({ code: 1 }));
  if (code !== 0)
    throw new Sentence('npm was not found. It comes with Node (https://nodejs.org); on Debian: apt install npm');
  return must(`npm ${args[0]}`, 'npm', args, { cwd });
}
