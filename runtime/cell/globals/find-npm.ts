// Where npm is: beside the Node that runs the notebook, or on the PATH. Starts nothing.

import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** How npm is started: a program, and the arguments before npm's own. */
export interface Npm {
  readonly command: string;
  readonly before: readonly string[];
  /** A .cmd file, which Windows starts by its shell alone. */
  readonly shell: boolean;
}

/** @throws {Error} if there is none */
export function findNpm(
  node: string = process.execPath,
  path: string = process.env.PATH ?? '',
  windows: boolean = process.platform === 'win32',
): Npm {
  const beside = windows ? [dirname(node)] : [join(dirname(node), '..', 'lib')];
  for (const folder of beside) {
    const script = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (existsSync(script)) return { command: node, before: [script], shell: false };
  }
  for (const folder of path.split(delimiter)) {
    const program = join(folder, windows ? 'npm.cmd' : 'npm');
    if (folder !== '' && existsSync(program))
      return { command: windows ? `"${program}"` : program, before: [], shell: windows };
  }
  throw new Error(
    `npm was expected beside Node (${node}) or on the PATH, and is in neither. It comes with Node from https://nodejs.org.`,
  );
}
