// Our kernelspec in the local .venv, written by the package's own command: what a user runs is what we run.

import { must } from '../command.mjs';
import { say, skipped } from '../say.mjs';
import { at, childEnvironment, projectNode } from './places.mjs';

/** Installs the kernelspec into .venv, and says so where that changed anything. */
export async function kernelspec() {
  const args = [at('dist', 'kernel', 'cli.js'), 'install', '--prefix', at('.venv')];
  const output = await must('Installing the kernelspec', projectNode(), args, { env: childEnvironment(), cwd: at() });
  if (output.includes('up to date')) skipped('kernelspec in .venv');
  else say(output.trimEnd().replace(/^/, '✓ '));
}
