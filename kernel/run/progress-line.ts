// What a person sees while notebooks run: on a terminal one line that changes, elsewhere a dot for each cell.
// Each finished notebook leaves a line that stays.

import { stripVTControlCharacters, styleText } from 'node:util';
import type { Executed } from './execute-notebook.ts';

/** What is reported about a notebook that ended. */
export interface Outcome {
  readonly ok: boolean;
  readonly summary: string;
  /** More lines, shown below it. */
  readonly details?: string;
}

export interface Progress {
  /** A cell of this notebook has ended. */
  cell(name: string, done: number, cells: number, executed: Executed): void;
  /** The notebook has ended. */
  finished(name: string, outcome: Outcome): void;
  /** Something is about to be printed on another stream: it must not share a line with what is shown here. */
  leaveLine(): void;
  /** All have ended. */
  total(notebooks: number, failed: number, seconds: number): void;
}

type Stream = NodeJS.WriteStream;
type Each = Omit<Progress, 'total'>;

/** Reports to that stream. With more than one of `jobs` at a time a notebook's dots are held until it is finished. */
export function createProgress(stream: Stream, jobs: number): Progress {
  // The log of a CI is no terminal, but shows colours: there people ask for them by FORCE_COLOR.
  const colours = stream.isTTY ? stream.hasColors() : !['', '0', 'false'].includes(process.env.FORCE_COLOR ?? '');
  const paint = (format: 'green' | 'red' | 'dim', text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  const lineOf: Progress['finished'] = (name, { ok, summary, details }) => {
    const mark = ok ? paint('green', '✓') : paint('red', '✗');
    const below = details
      ? `\n${(colours ? details : stripVTControlCharacters(details)).replace(/^(?=.)/gm, '    ')}`
      : '';
    stream.write(`${mark} ${name}  ${paint('dim', summary)}${below}\n`);
  };
  const total: Progress['total'] = (notebooks, failed, seconds) => {
    const count = failed === 0 ? 'none failed' : `${failed} failed`;
    stream.write(
      `${paint(failed === 0 ? 'green' : 'red', `${notebooks} notebooks, ${count}, ${seconds.toFixed(1)} s`)}\n`,
    );
  };
  return { ...(stream.isTTY ? living(stream, lineOf) : dotted(stream, jobs, lineOf)), total };
}

function living(stream: Stream, lineOf: Progress['finished']): Each {
  const running = new Map<string, string>();
  const draw = () => {
    const text = [...running].map(([name, state]) => `▸ ${name} ${state}`).join('  ');
    stream.write(`\r\u001b[K${text.slice(0, Math.max(1, (stream.columns || 80) - 1))}`);
  };
  return {
    cell(name, done, cells) {
      running.set(name, `${done}/${cells}`);
      draw();
    },
    finished(name, outcome) {
      running.delete(name);
      stream.write('\r\u001b[K');
      lineOf(name, outcome);
      if (running.size > 0) draw();
    },
    leaveLine() {
      if (running.size > 0) stream.write('\r\u001b[K');
    },
  };
}

function dotted(stream: Stream, jobs: number, lineOf: Progress['finished']): Each {
  const dots = new Map<string, number>();
  let isInLine = false;
  return {
    cell(name, done) {
      dots.set(name, done);
      if (jobs > 1) return;
      stream.write('.');
      isInLine = true;
    },
    finished(name, outcome) {
      const count = jobs === 1 ? 0 : (dots.get(name) ?? 0);
      if (isInLine || count > 0) stream.write(`${'.'.repeat(count)} `);
      isInLine = false;
      lineOf(name, outcome);
    },
    leaveLine() {
      if (isInLine) stream.write('\n');
      isInLine = false;
    },
  };
}
