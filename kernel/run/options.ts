// The command lines of `cokernel run` and `cokernel test`: parses and checks the options, then calls the command.

import { parseArgs } from 'node:util';
import { wayFrom } from '../compile/way.ts';
import { createJsonLines } from './json-lines.ts';
import { readParameter } from './parameters.ts';
import { filesOf } from './patterns.ts';
import { createProgress } from './progress-line.ts';
import { helpOf } from './run-help.ts';
import { readSanitizer } from './test/sanitize.ts';

const shared = {
  jobs: { type: 'string', short: 'j' },
  timeout: { type: 'string' },
  clock: { type: 'string' },
  diagnostics: { type: 'string' },
  compiler: { type: 'string' },
  param: { type: 'string', short: 'p', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

const runOptions = {
  ...shared,
  'allow-errors': { type: 'boolean' },
  out: { type: 'string' },
  inplace: { type: 'boolean' },
  html: { type: 'boolean' },
  live: { type: 'boolean' },
  format: { type: 'string' },
} as const;

const testOptions = {
  ...shared,
  update: { type: 'boolean' },
  lax: { type: 'boolean' },
  sanitize: { type: 'string' },
  junit: { type: 'string' },
  github: { type: 'boolean' },
} as const;

/** Runs `cokernel run …` or `cokernel test …`; `argv` lacks the command's name. Resolves to the exit code. */
export async function runCommandLine(command: 'run' | 'test', argv: readonly string[]): Promise<number> {
  // KernelConnection reports each step of its connection on standard output.
  console.debug = () => {};
  return command === 'run' ? run(argv) : test(argv);
}

async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, runOptions, 'run');
  if (values.help) return print('run');
  const { runNotebooks } = await import('./run-command.ts');
  if (values.inplace && values.out !== undefined)
    throw new Error('--inplace and --out exclude each other: at most one was expected.');
  if (values.format !== undefined && values.format !== 'json')
    throw new Error(`--format expects json, but found '${values.format}'. Leave it out for lines that people read.`);
  if (values.live && !(values.html && values.out !== undefined))
    throw new Error(
      '--live expects --html and --out DIR: a live page needs files beside it, which are written to DIR.',
    );
  if (values.out === '') throw new Error('--out expects a folder, but found an empty text.');
  return runNotebooks({
    ...common(values, positionals, 'run'),
    allowErrors: values['allow-errors'] ?? false,
    out: values.out,
    inplace: values.inplace ?? false,
    html: values.html ?? false,
    live: values.live ?? false,
  });
}

async function test(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, testOptions, 'test');
  if (values.help) return print('test');
  const { testNotebooks } = await import('./test-command.ts');
  return testNotebooks({
    ...common(values, positionals, 'test'),
    update: values.update ?? false,
    junit: values.junit,
    github: values.github ?? false,
    strictness: {
      lax: values.lax ?? false,
      masks: values.sanitize === undefined ? [] : readSanitizer(values.sanitize),
    },
  });
}

interface Common {
  readonly jobs?: string;
  readonly timeout?: string;
  readonly clock?: string;
  readonly diagnostics?: string;
  readonly compiler?: string;
  readonly param?: readonly string[];
  /** Of `run` only. */
  readonly format?: string;
}

function common(values: Common, names: readonly string[], command: string) {
  if (names.length === 0) throw new Error(`${command} expects files, but found none. See cokernel ${command} --help.`);
  if (values.clock !== undefined && values.clock !== 'virtual') {
    throw new Error(`--clock expects virtual, but found '${values.clock}'. Leave it out for real time.`);
  }
  const files = filesOf(names);
  // No more than there are files: if one runs at a time, progress shows each cell.
  const jobs = Math.min(jobsOf(values.jobs), files.length);
  const progress = values.format === 'json' ? createJsonLines(process.stdout) : createProgress(process.stdout, jobs);
  const mode = values.diagnostics;
  if (mode !== undefined && !['warn', 'strict', 'off'].includes(mode)) {
    throw new Error(`--diagnostics expects warn, strict or off, but found '${mode}'.`);
  }
  return {
    files,
    jobs,
    timeout: values.timeout === undefined ? undefined : positive('--timeout', values.timeout),
    environment: {
      ...(values.clock === undefined ? {} : { COKERNEL_CLOCK: values.clock }),
      ...(mode === undefined ? {} : { COKERNEL_DIAGNOSTICS: mode }),
      ...(values.compiler === undefined ? {} : { COKERNEL_COMPILER: wayFrom('--compiler', values.compiler) }),
    },
    parameters: new Map((values.param ?? []).map(readParameter)),
    progress,
    say(sentence: string): void {
      progress.leaveLine();
      process.stderr.write(`cokernel: ${sentence}\n`);
    },
  };
}

/** One at a time by default: notebooks may share files and ports, or need what an earlier one wrote. */
function jobsOf(text = '1'): number {
  const jobs = positive('--jobs', text);
  if (!Number.isInteger(jobs)) throw new Error(`--jobs expects a whole number, but found '${text}'.`);
  return jobs;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new Error(`${option} expects a number above 0, but found '${text}'.`);
}

/** Writes `--timeout -1` as `--timeout=-1`: Node takes a value that begins with a dash for another option. */
function withValues(argv: readonly string[], options: Shapes): string[] {
  const takesValue = (word: string) =>
    Object.entries(options).some(
      ([name, { type, short }]) => type === 'string' && (word === `--${name}` || word === `-${short}`),
    );
  const words: string[] = [];
  for (const word of argv) {
    const last = words.at(-1);
    if (last !== undefined && /^-[\d.]/.test(word) && takesValue(last)) {
      words[words.length - 1] = last.startsWith('--') ? `${last}=${word}` : `${last}${word}`;
    } else words.push(word);
  }
  return words;
}

type Shapes = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

function parse<Given extends Shapes>(argv: readonly string[], options: Given, command: string) {
  try {
    return parseArgs({ args: withValues(argv, options), options, allowPositionals: true });
  } catch (error) {
    // Node's own sentence without its advice about `--`, which fits no option here.
    const [sentence] = (error as Error).message.split(/\.(?: To specify|\n)/);
    throw new Error(`${sentence}. See cokernel ${command} --help.`);
  }
}

function print(command: 'run' | 'test'): number {
  process.stdout.write(helpOf(command));
  return 0;
}
