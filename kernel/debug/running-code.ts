// The text of a script as V8 runs it: places and offsets in it, and what its tree says (kernel/compile/code-tree.ts), which
// is read elsewhere where the text is long.

import type { Stretch, Surroundings } from '../compile/code-tree.ts';
import { runTask } from '../compile/compile-process.ts';

/** A place in the running code; line and column count from 0, as V8's do. */
export interface CodePlace {
  readonly line: number;
  readonly column: number;
}

/** The code of a script. */
export interface RunningCode {
  place(offset: number): CodePlace;
  /** The statements and calls at which V8 can stop, in order. */
  stops(): Promise<readonly Stretch[]>;
  around(place: CodePlace): Promise<Surroundings>;
}

/** The code is looked at when it is first asked about. */
export function createRunningCode(code: string): RunningCode {
  let lines: readonly number[] | undefined;
  let stops: Promise<readonly Stretch[]> | undefined;
  const starts = () => {
    lines ??= lineOffsets(code);
    return lines;
  };
  return {
    place(offset) {
      const line = starts().findLastIndex((start) => start <= offset);
      return { line, column: offset - (starts()[line] as number) };
    },
    stops() {
      stops ??= runTask('stops', code, {}).catch(() => []);
      return stops;
    },
    around({ line, column }) {
      const offset = (starts()[line] ?? code.length) + column;
      return runTask('surroundings', code, { offset }).catch(() => ({ names: [], caught: false }));
    },
  };
}

/** Lines as V8 counts them. */
function lineOffsets(code: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}
