// jupyter.install: npm packages for the notebook, installed beside it, with their types. Says what it does while it does
// it. How npm is found is in find-npm.ts.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { registrySpecifier } from '../../compile/registry-specifier.ts';
import { briefText } from '../display/bundle.ts';
import type { DisplayFunctions } from '../display/display.ts';
import { isInterrupted } from '../interrupt/owner.ts';
import { findNpm } from './find-npm.ts';

/** Installs packages, named as for `npm install`: `lodash`, `zod@4`. Resolves when they can be imported. */
export type Install = (...packages: string[]) => Promise<void>;

/** How often the line that tells the progress is written anew, and an interrupt is looked for. */
const TICK_MS = 250;
let count = 0;

/** Makes the function for a notebook in `directory`. */
export function createInstall({ display, update }: DisplayFunctions, directory: string): Install {
  return async (...packages) => {
    const wanted = packages.map(checked);
    if (wanted.length === 0) throw new TypeError("install: names of npm packages were expected, such as 'lodash'.");
    count += 1;
    const lines: string[] = [];
    const displayId = `cokernel install ${count}`;
    let shown = false;
    const say = (line: string) => {
      const bundle = { 'text/plain': [...lines, line].join('\n') };
      if (shown) update(displayId, bundle, { raw: true });
      else display(bundle, { raw: true, displayId });
      shown = true;
    };
    const step = async (words: readonly string[], wholly: readonly string[]) => {
      const done = await run(directory, [...words, ...wholly], (seconds) =>
        say(`npm ${words.join(' ')} … ${seconds} s   (in ${directory})`),
      );
      lines.push(`npm ${words.join(' ')}: ${done.seconds.toFixed(1)} s   (in ${directory})`);
      return done;
    };
    if (!existsSync(join(directory, 'package.json'))) {
      // Without one, npm installs where the nearest folder above has one.
      writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
      lines.push(`Made package.json in ${directory}, so that npm installs here.`);
    }
    await step(['install', ...wanted], QUIET);
    for (const name of wanted.map(nameOf)) {
      if (name === undefined) continue;
      const types = typesFor(name);
      if (hasTypes(directory, name) || existsSync(join(directory, 'node_modules', types))) continue;
      if ((await run(directory, ['view', types, 'name'], () => say(`looking for ${types} …`), 'may fail')).code !== 0) {
        lines.push(`There are no types of ${name}: its values are any.`);
      } else await step(['install', '--save-dev', types], QUIET);
    }
    say(`Installed: ${wanted.map((one) => versionOf(directory, one)).join(', ')}`);
  };
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

function checked(name: unknown): string {
  if (typeof name === 'string' && /^[^\s-]/.test(name)) return name.replace(/^npm:/, '');
  throw new TypeError(
    `install: the name of an npm package was expected, such as 'lodash' or 'zod@4', got ${briefText(name)}.`,
  );
}

interface Done {
  readonly code: number;
  readonly seconds: number;
}

/** Runs npm. @throws {Error} with what npm said, if it failed and may not, or was interrupted */
function run(
  directory: string,
  words: readonly string[],
  tick: (seconds: number) => void,
  may?: 'may fail',
): Promise<Done> {
  const began = performance.now();
  const child = startNpm(directory, words);
  tick(0);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const timer = setInterval(() => {
    if (isInterrupted()) child.kill();
    else tick(Math.round((performance.now() - began) / 1000));
  }, TICK_MS);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearInterval(timer);
      if (code === 0 || (code !== null && may)) resolve({ code, seconds: (performance.now() - began) / 1000 });
      else reject(new Error(`npm ${words.join(' ')} failed (${code ?? signal}) in ${directory}:\n${said.trim()}`));
    });
  });
}

function startNpm(directory: string, words: readonly string[]): ChildProcess {
  const { command, before, shell } = findNpm();
  // npm's own scripts, and those of packages, run on the Node that runs the notebook.
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  // In a range such as `^4` the shell of Windows would read an escape.
  const quoted = shell ? words.map((word) => `"${word}"`) : words;
  return spawn(command, [...before, ...quoted], {
    cwd: directory,
    env: { ...process.env, PATH },
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** The package's name; undefined for a path, an address or a repository, which tell no name. */
function nameOf(wanted: string): string | undefined {
  return /^(@[\w.-]+\/)?[\w-][\w.-]*(@|$)/.test(wanted) ? registrySpecifier(`npm:${wanted}`)?.name : undefined;
}

/** `@types/lodash`; of a package in a scope `@types/scope__name`. */
function typesFor(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function hasTypes(directory: string, name: string): boolean {
  const folder = join(directory, 'node_modules', name);
  const manifest = manifestOf(folder);
  const named = manifest.types ?? manifest.typings ?? JSON.stringify(manifest.exports ?? '').match(/"types[@"]/);
  return Boolean(named) || existsSync(join(folder, 'index.d.ts'));
}

function versionOf(directory: string, wanted: string): string {
  const name = nameOf(wanted) ?? wanted;
  const { version } = manifestOf(join(directory, 'node_modules', name));
  return typeof version === 'string' ? `${name} ${version}` : name;
}

function manifestOf(folder: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
