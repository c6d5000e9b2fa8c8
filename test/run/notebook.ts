// Notebooks for the runner's tests: written to a folder of their own, run by the command as it was built.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cokernel, type Ended } from '../cli/cokernel.ts';

/** A cell in brief: its source, and what else the file should contain about it. */
export interface CellSketch {
  readonly source: string;
  readonly tags?: readonly string[];
  readonly outputs?: readonly object[];
  readonly kind?: 'markdown';
}

/** The object that a notebook's file contains. */
export function sketch(cells: readonly (string | CellSketch)[], metadata: object = {}): object {
  const kernelspec = { display_name: 'TypeScript (cokernel)', language: 'typescript', name: 'cokernel' };
  return {
    cells: cells.map((cell, index) => {
      const { source, tags, outputs = [], kind = 'code' } = typeof cell === 'string' ? { source: cell } : cell;
      const common = { cell_type: kind, id: `c${index}`, metadata: tags ? { tags } : {}, source };
      return kind === 'code' ? { ...common, execution_count: null, outputs } : common;
    }),
    metadata: { kernelspec, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** A stdout output as it is stored. */
export function stdout(text: string): object {
  return { name: 'stdout', output_type: 'stream', text };
}

/** A result as it is stored. */
export function result(text: string): object {
  return { data: { 'text/plain': text }, execution_count: 1, metadata: {}, output_type: 'execute_result' };
}

/** A folder of notebooks; removed when the block that holds it ends. */
export interface Bench {
  readonly path: string;
  /** Writes a file; an object becomes JSON. Returns its path. */
  write(name: string, content: string | object): string;
  read(name: string): string;
  /** The parsed contents of a notebook in the folder. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read contents freely, and fail where they are not as expected
  notebook(name: string): any;
  names(): string[];
  run(...args: readonly string[]): Promise<Ended>;
  test(...args: readonly string[]): Promise<Ended>;
  [Symbol.dispose](): void;
}

/**
 * A new empty folder of notebooks. Their type errors are left out unless `types`: TypeScript's server is a quarter of what
 * a run costs.
 */
export function bench({ types = false } = {}): Bench {
  const env = types ? {} : { COKERNEL_DIAGNOSTICS: 'off' };
  const path = mkdtempSync(join(tmpdir(), 'cokernel-test-'));
  const read = (name: string) => readFileSync(join(path, name), 'utf8');
  return {
    path,
    read,
    write(name, content) {
      writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
      return join(path, name);
    },
    notebook: (name) => JSON.parse(read(name)),
    names: () => readdirSync(path, { recursive: true }).map(String).sort(),
    run: (...args) => cokernel(['run', ...args], env),
    test: (...args) => cokernel(['test', ...args], env),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
