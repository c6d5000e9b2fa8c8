// A program of the quiz as data, and as the text that a learner reads. generate.ts makes programs; machine.ts runs them.

import type { Belief } from './order-rules.ts';

/** One line of a body. `name` is the variable of a coroutine object or a task; `of` says which function is called. */
export type Line =
  | { readonly do: 'log'; readonly text: string }
  | { readonly do: 'sleep'; readonly seconds: number }
  | { readonly do: 'call' | 'task' | 'run'; readonly of: Called; readonly name: string }
  | { readonly do: 'start' | 'await'; readonly name: string };

/** `steps` has a body of several lines, `note` prints one line and never pauses. */
export type Called = 'steps' | 'note';

/** The line that `steps` prints, or runs, at each place of its body. */
export type Step =
  | { readonly do: 'log'; readonly text: string }
  | { readonly do: 'sleep'; readonly seconds: number }
  | { readonly do: 'run'; readonly text: string };

/** A whole program: the body of `steps`, whether `note` is there, and the lines of the cell. */
export interface Program {
  readonly seed: number;
  /** 1 to 3, by the number of rules that decide it and of lines that it prints. */
  readonly grade: number;
  /** The numbers of the rules that decide it: without one of them it would print something else. */
  readonly rules: readonly number[];
  /** The beliefs by which it would print something else. */
  readonly beliefs: readonly Belief[];
  readonly steps: readonly Step[];
  readonly lines: readonly Line[];
  /** What it prints. */
  readonly prints: readonly string[];
}

/** A program before anybody knows what it prints. */
export type Draft = Pick<Program, 'steps' | 'lines'>;

/** The program as TypeScript: a cell that runs after `import { coroutine, createTask, sleep } from 'cokernel'`. */
export function textOf({ steps, lines }: Draft): string {
  const uses = (called: Called) => lines.some((line) => 'of' in line && line.of === called);
  const body = uses('steps')
    ? ['const steps = coroutine(async (name: string) => {', ...steps.map((step) => `  ${stepText(step)}`), '});']
    : [];
  const noted = uses('note') || (uses('steps') && steps.some((step) => step.do === 'run'));
  const note = noted ? ['const note = coroutine(async (name: string) => console.log(name));'] : [];
  return [...note, ...body, ...lines.map(lineText)].join('\n');
}

function stepText(step: Step): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of a program
  const name = '${name}';
  if (step.do === 'log') return `console.log(\`${name}${step.text}\`);`;
  return step.do === 'sleep' ? `await sleep(${step.seconds});` : `await note(\`${name}${step.text}\`);`;
}

function lineText(line: Line): string {
  switch (line.do) {
    case 'log':
      return `console.log('${line.text}');`;
    case 'sleep':
      return `await sleep(${line.seconds});`;
    case 'call':
      return `const ${line.name} = ${line.of}('${line.name}');`;
    case 'task':
      return `const ${line.name} = createTask(${line.of}('${line.name}'));`;
    case 'run':
      return `await ${line.of}('${line.name}');`;
    case 'start':
      return `createTask(${line.name});`;
    case 'await':
      return `await ${line.name};`;
  }
}
