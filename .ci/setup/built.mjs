// dist/: built again when a source file, or how it is built, is not what it was at the last build.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../command.mjs';
import { skipped, step } from '../say.mjs';
import { at, childEnvironment, projectNode } from './places.mjs';

/** Where the build writes down what it was made from. */
export const STAMP = 'dist/.built';
const SOURCES = [
  'kernel',
  'runtime',
  '.ci/build.mjs',
  '.ci/intrinsics.mjs',
  '.ci/pristine.mjs',
  '.ci/tsconfig.build.json',
  'tsconfig.json',
  'package.json',
];

/** Builds dist/ where it is not up to date. */
export async function built() {
  if (existsSync(at(STAMP)) && readFileSync(at(STAMP), 'utf8') === fingerprint()) return skipped('build');
  await step('building', async () => {
    const output = await must('The build', projectNode(), [at('.ci', 'build.mjs')], {
      env: childEnvironment(),
      cwd: at(),
    });
    if (output.trim()) process.stdout.write(output);
  });
}

/** One hash over the paths, sizes and times of all sources: a removed file counts, which a newest time would miss. */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) for (const line of describe(source)) hash.update(line);
  return hash.digest('hex');
}

function* describe(path) {
  if (!existsSync(at(path))) return;
  const stat = statSync(at(path));
  if (!stat.isDirectory()) yield `${path} ${stat.size} ${stat.mtimeMs}\n`;
  else for (const name of readdirSync(at(path)).sort()) yield* describe(join(path, name));
}
