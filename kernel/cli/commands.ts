// The commands of `cokernel`: parses the command line, checks it and runs the command. Each resolves to an exit code;
// what cannot be done is said in one sentence on standard error.

import { parseArgs } from 'node:util';
import { wayFrom } from '../compile/way.ts';
import { kernelspecsFolder, type Target } from '../install/folder.ts';
import { packageVersion } from '../install/package.ts';
import { addTranslator, removeTranslator } from '../install/papermill.ts';
import { defaultName, installKernelspec, uninstallKernelspec } from '../install.ts';
import { hasLanguage } from '../language/mode.ts';
import { doctor } from './doctor.ts';
import { helpText } from './help.ts';
import { copyLessons } from './lessons.ts';

/** What is wrong with the command line. */
class Refusal extends Error {}

const options = {
  user: { type: 'boolean' },
  'sys-prefix': { type: 'boolean' },
  prefix: { type: 'string' },
  name: { type: 'string' },
  'display-name': { type: 'string' },
  memory: { type: 'string' },
  diagnostics: { type: 'string' },
  language: { type: 'string' },
  compiler: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** The options of each command, besides --help. */
const allowed: Readonly<Record<string, readonly (keyof typeof options)[]>> = {
  install: ['user', 'sys-prefix', 'prefix', 'name', 'display-name', 'memory', 'diagnostics', 'language', 'compiler'],
  uninstall: ['user', 'sys-prefix', 'prefix', 'name'],
  doctor: [],
};

/** Runs one command line and resolves to its exit code. Never rejects: mistakes become a sentence and exit code 1. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv);
  } catch (error) {
    process.stderr.write(`cokernel: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  // These two parse their own options, and their libraries are loaded only for them.
  const [first, ...rest] = argv;
  if (first === 'run' || first === 'test') return (await import('../run/options.ts')).runCommandLine(first, rest);
  if (first === 'quiz' && !rest.includes('--help')) return quizCommand(rest);
  if (first === 'debug-adapter' && !rest.includes('--help')) return debugAdapterCommand(rest);
  if (first === 'lessons' && !rest.includes('--help')) return print(lessonsCommand(rest));
  const { values, positionals } = parse(argv);
  const [command, ...more] = positionals;
  if (values.version) return print(packageVersion());
  if (values.help || command === 'help') return print(helpText);
  if (command === undefined) {
    process.stderr.write(helpText);
    return 1;
  }
  checkUse(command, more, values);
  if (command === 'doctor') return doctor();
  const target = targetOf(values);
  const name = checkName(values.name ?? defaultName);
  const folder = kernelspecsFolder(target);
  if (command === 'uninstall') {
    const removed = uninstallKernelspec({ folder, name });
    removeTranslator(folder);
    return print(removed);
  }
  const displayName = values['display-name'];
  const memory = values.memory === undefined ? undefined : checkMemory(values.memory);
  const diagnostics = values.diagnostics === undefined ? undefined : checkDiagnostics(values.diagnostics);
  const { language } = values;
  if (language !== undefined) hasLanguage(language);
  const compiler = values.compiler === undefined ? undefined : wayFrom('--compiler', values.compiler);
  const installed = installKernelspec({ folder, name, displayName, memory, diagnostics, language, compiler });
  return print(installed + addTranslator(folder));
}

async function quizCommand(args: readonly string[]): Promise<number> {
  const [number = '1', ...more] = args;
  if (more.length > 0 || !/^\d{1,9}$/.test(number))
    throw new Refusal(
      `quiz expects one number from 0, or nothing, but found '${args.join(' ')}'. Try: cokernel quiz 2`,
    );
  const { quiz } = await import('./quiz.ts');
  return quiz(Number(number), process.stdin, (text) => void process.stdout.write(text));
}

async function debugAdapterCommand(args: readonly string[]): Promise<number> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0)
    throw new Refusal(`debug-adapter expects the connection file of a running kernel, but found '${args.join(' ')}'.`);
  const { debugAdapter } = await import('./debug-adapter.ts');
  return debugAdapter(file, process.stdin, process.stdout);
}

function lessonsCommand(args: readonly string[]): string {
  const [folder = 'my-lessons', ...more] = args;
  if (more.length > 0 || folder.startsWith('-'))
    throw new Refusal(`lessons expects one folder, or nothing, but found '${args.join(' ')}'. Try: cokernel lessons`);
  return copyLessons(folder);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own sentence without its advice about `--`.
    const [sentence] = (error as Error).message.split('. To specify');
    throw new Refusal(`${sentence}. See cokernel --help.`);
  }
}

function checkUse(command: string, more: readonly string[], values: Values): void {
  const takes = Object.hasOwn(allowed, command) ? allowed[command] : undefined;
  if (!takes) {
    throw new Refusal(
      `there is no command '${command}'. Expected one of ${[...Object.keys(allowed), 'run', 'test', 'lessons', 'quiz', 'debug-adapter'].join(', ')}; see cokernel --help.`,
    );
  }
  if (more.length > 0) throw new Refusal(`${command} takes no arguments, but found '${more[0]}'. See cokernel --help.`);
  for (const option of Object.keys(values) as (keyof typeof options)[]) {
    if (!takes.includes(option)) throw new Refusal(`${command} has no option --${option}. See cokernel --help.`);
  }
}

function targetOf(values: Values): Target {
  const places = [
    values.user && '--user',
    values['sys-prefix'] && '--sys-prefix',
    values.prefix !== undefined && '--prefix',
  ];
  const named = places.filter((option) => typeof option === 'string');
  if (named.length > 1) throw new Refusal(`${named.join(' and ')} exclude each other: at most one place was expected.`);
  if (values.prefix === '') throw new Refusal('--prefix expects a folder, but found an empty text.');
  if (values.prefix !== undefined) return { place: 'prefix', prefix: values.prefix };
  return { place: values['sys-prefix'] ? 'sys-prefix' : 'user' };
}

/** Jupyter accepts only these characters, and looks names up in lower case. */
function checkName(name: string): string {
  if (/^[a-z0-9._-]+$/i.test(name) && !/^\.+$/.test(name)) return name.toLowerCase();
  throw new Refusal(`--name expects letters, digits, '.', '_' and '-', but found '${name}'.`);
}

/** With less the cell process does not even start. */
const LEAST_MEMORY_MIB = 128;

function checkMemory(text: string): number {
  const mebibytes = Number(text);
  if (Number.isInteger(mebibytes) && mebibytes >= LEAST_MEMORY_MIB) return mebibytes;
  throw new Refusal(`--memory expects a whole number of MiB, ${LEAST_MEMORY_MIB} or more, but found '${text}'.`);
}

function checkDiagnostics(text: string): string {
  if (['warn', 'strict', 'off'].includes(text)) return text;
  throw new Refusal(`--diagnostics expects warn, strict or off, but found '${text}'.`);
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}
