// Where things lie: the project's folder, the Node that runs the kernel, the environment that children inherit.

import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Sentence } from '../say.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const windows = process.platform === 'win32';

const NEEDED_MAJOR = 24;

/** A path inside the project. */
export const at = (...parts) => join(root, ...parts);

/**
 * The Node that builds, tests and runs the kernel: the one that COKERNEL_NODE names, the development dependency `node`, or
 * the machine's own where it is new enough (npm has no binary of `node` for every platform).
 */
export function projectNode() {
  if (process.env.COKERNEL_NODE) return process.env.COKERNEL_NODE;
  const packaged = at('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  throw new Sentence(
    `cokernel needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}, and the npm package \`node\`, which ` +
      `should have brought a newer one, has no binary here.\nInstall Node ${NEEDED_MAJOR} from https://nodejs.org, or run: npm rebuild node`,
  );
}

/** The environment of every child: the project's Node and programs come first on the PATH, as under npm. */
export function childEnvironment(more = {}) {
  const environment = { ...process.env, ...more };
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  environment[key] = [at('node_modules', '.bin'), dirname(projectNode()), environment[key] ?? ''].join(delimiter);
  return environment;
}
