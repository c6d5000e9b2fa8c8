// The commands `cokernel run` and `cokernel test`: their options, checked, and what is called with them.

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { helpOf } from './help.ts';
import { readParameter } from './parameters.ts';
import { createProgress } from './progress.ts';

const shared = {
  jobs: { type: 'string', short: 'j' },
  timeout: { type: 'string' },
  clock: { type: 'string' },
  param: { type: 'string', short: 'p', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

const runOptions = {
  ...shared,
  'allow-errors': { type: 'boolean' },
  out: { type: 'string' },
  inplace: { type: 'boolean' },
  html: { type: 'boolean' },
} as const;

const testOptions = {
  ...shared,
  update: { type: 'boolean' },
  junit: { type: 'string' },
  github: { type: 'boolean' },
} as const;

/** Runs `cokernel run …` or `cokernel test …`, `argv` without the command's name. Resolves with the exit code. */
export async function runCommandLine(command: 'run' | 'test', argv: readonly string[]): Promise<number> {
  // KernelConnection tells each step of its connection on standard output.
  console.debug = () => {};
  return command === 'run' ? run(argv) : test(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    () => parseArgs({ args: [...argv], options: runOptions, allowPositionals: true }),
    'run',
  );
  if (values.help) return print('run');
  const { runNotebooks } = await import('./run.ts');
  if (values.inplace && values.out !== undefined)
    throw new Error('--inplace and --out exclude each other: expected at most one.');
  if (values.out === '') throw new Error('--out expects a folder, and found an empty text.');
  return runNotebooks({
    ...common(values, positionals, 'run'),
    allowErrors: values['allow-errors'] ?? false,
    out: values.out,
    inplace: values.inplace ?? false,
    html: values.html ?? false,
  });
}

async function test(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    () => parseArgs({ args: [...argv], options: testOptions, allowPositionals: true }),
    'test',
  );
  if (values.help) return print('test');
  const { testNotebooks } = await import('./test.ts');
  return testNotebooks({
    ...common(values, positionals, 'test'),
    update: values.update ?? false,
    junit: values.junit,
    github: values.github ?? false,
  });
}

interface Common {
  readonly jobs?: string;
  readonly timeout?: string;
  readonly clock?: string;
  readonly param?: readonly string[];
}

function common(values: Common, files: readonly string[], command: string) {
  if (files.length === 0) throw new Error(`${command} expects files, and found none. See cokernel ${command} --help.`);
  if (values.clock !== undefined && values.clock !== 'virtual') {
    throw new Error(`--clock expects virtual, and found '${values.clock}'. Without it time is real.`);
  }
  // No more than there are files: with one at a time progress shows each cell.
  const jobs = Math.min(jobsOf(values.jobs), files.length);
  return {
    files,
    jobs,
    timeout: values.timeout === undefined ? undefined : positive('--timeout', values.timeout),
    clock: values.clock === 'virtual' ? ('virtual' as const) : undefined,
    parameters: new Map((values.param ?? []).map(readParameter)),
    progress: createProgress(process.stdout, jobs),
    say: (sentence: string) => void process.stderr.write(`cokernel: ${sentence}\n`),
  };
}

function jobsOf(text: string | undefined): number {
  // Notebooks mostly wait, for sleeps and for TypeScript. More at a time would spoil those that measure time.
  if (text === undefined) return Math.min(2, availableParallelism());
  const jobs = positive('--jobs', text);
  if (!Number.isInteger(jobs)) throw new Error(`--jobs expects a whole number, and found '${text}'.`);
  return jobs;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new Error(`${option} expects a number above 0, and found '${text}'.`);
}

function parse<Parsed>(read: () => Parsed, command: string): Parsed {
  try {
    return read();
  } catch (error) {
    // Node's own sentence, without its advice about `--`.
    const [sentence] = (error as Error).message.split('. To specify');
    throw new Error(`${sentence}. See cokernel ${command} --help.`);
  }
}

function print(command: 'run' | 'test'): number {
  process.stdout.write(helpOf(command));
  return 0;
}
