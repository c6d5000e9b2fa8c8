// A cell whose code came in the buffers beside its message, because it is long: made as any other cell is.

import { Buffer } from '#host/bytes';
import type { ExecuteBeside, ExecuteCell } from '../../events.ts';

/** The cell with its code, its map and its source as text. */
export function withBufferedCode<Cell extends ExecuteCell | ExecuteBeside>(
  cell: Cell,
  [code, map, source]: readonly Uint8Array[],
): Cell {
  if (code === undefined || map === undefined || source === undefined) return cell;
  return { ...cell, source: textOf(source), compiled: { ...cell.compiled, code: textOf(code), map: textOf(map) } };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
