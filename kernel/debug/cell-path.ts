// The file name by which a debugger knows the text of a cell. No such file exists.

import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { murmur2 } from './murmur2.ts';

/** What JupyterLab hashes with. */
export const HASH_SEED = 0xc70f6907;

/**
 * Without an id of the process, so that breakpoints survive a restart. JupyterLab calls a frame `Cell [3]` only where
 * its path contains `ipykernel_`.
 */
export const PREFIX = join(tmpdir(), 'cokernel', 'ipykernel_cells') + sep;
export const CELL_SUFFIX = '.ts';

/** The path of a cell's text; JupyterLab computes the same. */
export function cellPath(source: string): string {
  return `${PREFIX}${murmur2(source, HASH_SEED)}${CELL_SUFFIX}`;
}
