// The arguments of the kernel process. Clients add some of their own, meant for ipykernel (`--Kernel.x=y`, `--debug`,
// testbook's, `extra_arguments`): what is unknown is reported and ignored.

import { totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Way } from '../runtime/compile/rewrite.ts';
import { wayFrom } from './compile/way.ts';
import { hasLanguage } from './language/mode.ts';

const USAGE =
  'node main.js {connection_file} [--memory MiB] [--diagnostics warn|strict|off] [--language on|off] [--compiler in-place|esbuild] [--log FILE]';

const OPTIONS = {
  memory: { type: 'string' },
  diagnostics: { type: 'string' },
  language: { type: 'string' },
  compiler: { type: 'string' },
  log: { type: 'string' },
  file: { type: 'string', short: 'f' },
} as const;

export interface Arguments {
  /** The connection file. */
  readonly file: string;
  /** MiB. */
  readonly memoryLimit: number;
  /** How type errors are treated, as it was written on the command line. */
  readonly diagnostics: string | undefined;
  /** Whether there is a language server. */
  readonly language: boolean;
  /** Who removes the types of cells; undefined where the command line does not say. */
  readonly compiler: Way | undefined;
  readonly logFile: string | undefined;
  /** Words that mean nothing to this kernel. */
  readonly unknown: readonly string[];
}

/** @throws a sentence if there is no connection file, or the value of an option of ours is missing or wrong. */
export function parseArguments(args: string[]): Arguments {
  const { tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  const values: Partial<Record<keyof typeof OPTIONS, string>> = {};
  const positionals: string[] = [];
  const unknown: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    else if (token.kind === 'option' && isOurs(token.name)) {
      if (token.value === undefined) throw new Error(`${token.rawName} needs a value: ${USAGE}`);
      values[token.name] = token.value;
    } else if (token.kind === 'option') {
      unknown.push(token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`);
    }
  }
  // A client may add words too: the connection file is the one that is named like one.
  const file = values.file ?? positionals.find((word) => word.endsWith('.json')) ?? positionals[0];
  if (file === undefined) throw new Error(`a connection file was expected: ${USAGE}`);
  unknown.push(...positionals.filter((word) => word !== file));
  const memoryLimit = values.memory === undefined ? quarterOfMachine() : Number(values.memory);
  if (!(Number.isInteger(memoryLimit) && memoryLimit > 0)) {
    throw new Error(`--memory should be a whole number of MiB, found ${values.memory}`);
  }
  const { diagnostics, log: logFile } = values;
  const compiler = values.compiler === undefined ? undefined : wayFrom('--compiler', values.compiler);
  const language = values.language === undefined || hasLanguage(values.language);
  return { file, memoryLimit, diagnostics, language, compiler, logFile, unknown };
}

function isOurs(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

function quarterOfMachine(): number {
  // The limit of a container, if there is one; 0 or a huge number means that there is none.
  const constrained = process.constrainedMemory();
  const machine = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.round(machine / 4 / 1024 / 1024);
}
