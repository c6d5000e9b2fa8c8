// The source of a cell as the language service needs it. How it is read is in kernel/compile/read-cell.ts.

import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { runTask } from '../compile/compile-process.ts';
import type { Source } from '../compile/read-cell.ts';

/** What a cell declares and mentions; undefined where it does not parse, or nests too deeply to be parsed. */
export async function readCell(code: string): Promise<Source | undefined> {
  try {
    return await runTask('read', code, {});
  } catch (error) {
    if (error instanceof CellSyntaxError) return undefined;
    throw error;
  }
}
