// One random program on both sides: its full text in Python and in TypeScript, and what each printed.
import { readFileSync } from 'node:fs';
import { runPython } from '../reference/python.ts';
import { runCompiled, runTexts } from '../reference/typescript.ts';
import { emitPython, emitTypescript, type Style } from './emit.ts';
import type { Block } from './generate.ts';

/** A program and its two outputs. */
export interface Outcome {
  readonly name: string;
  readonly program: Block;
  readonly python: string;
  readonly typescript: string;
}

const prelude = readFileSync(new URL('prelude.py', import.meta.url), 'utf8');

/** The whole Python program, ready to run. */
export function pythonText(program: Block): string {
  return `${prelude}\n\n${emitPython(program)}\n\nbegin()\n`;
}

/** Runs every program under CPython and under our library, and gives both outputs. */
export async function compare(
  programs: readonly (readonly [string, Block])[],
  style: Style = 'generator',
): Promise<readonly Outcome[]> {
  const python = runPython(programs.map(([name, program]) => [name, pythonText(program)]));
  const typescript = await runTypescript(programs, style);
  return programs.map(([name, program]) => ({
    name,
    program,
    python: python[name] ?? '',
    typescript: typescript[name] ?? '',
  }));
}

/** What each program prints under our library, in the generator style, or compiled from the async one. */
export function runTypescript(
  programs: readonly (readonly [string, Block])[],
  style: Style = 'generator',
): Promise<Record<string, string>> {
  const texts = programs.map(([name, program]) => [name, emitTypescript(program, style)] as const);
  return style === 'async' ? runCompiled(texts) : runTexts(texts);
}
