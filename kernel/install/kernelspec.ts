// The contents of our kernel.json.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The fields of a kernel.json that we write and read. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'message' | 'signal';
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a kernel.json is made from. Paths are absolute; `memory` is in MiB. */
export interface Ingredients {
  readonly node: string;
  readonly main: string;
  readonly version: string;
  readonly displayName: string;
  readonly memory?: number;
  /** How type errors are treated: warn, strict or off. */
  readonly diagnostics?: string;
  /** Whether there is a language server: on or off. */
  readonly language?: string;
  /** Who removes the types of cells: in-place or esbuild. */
  readonly compiler?: string;
}

/** Node's flags for the kernel process. */
export const nodeFlags: readonly string[] = [
  // Without it, SIGUSR1 opens a debugger to which every user of the machine can connect.
  '--disable-sigusr1',
  // In MiB. With V8's own limit a busy kernel takes 90 MB for what is garbage by the next moment; with this, 25.
  '--max-semi-space-size=4',
  // No other of V8's flags here: with most of them V8 refuses the compiled code that is built into Node
  // (runtime/optimiser.ts).
];

/** The kernelspec that starts this kernel with the given Node. */
export function kernelspecOf({ node, main, version, displayName, ...options }: Ingredients): Kernelspec {
  const { memory, diagnostics, language, compiler } = options;
  const words = Object.entries({ memory, diagnostics, language, compiler }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  return {
    argv: [node, ...nodeFlags, main, ...words, '{connection_file}'],
    display_name: displayName,
    language: 'typescript',
    // By a message on control: a signal would not reach the cell process, and Windows has no such signal.
    interrupt_mode: 'message',
    env: {},
    // jupyter_client 8.9 and newer then encrypts, if transport_encryption says so.
    metadata: { debugger: true, supported_encryption: ['curve'], cokernel: { version } },
  };
}

/** The kernelspec in a folder, if it is one of ours. */
export function readOurs(folder: string): Kernelspec | undefined {
  try {
    const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as Partial<Kernelspec>;
    return Array.isArray(spec.argv) && spec.metadata?.cokernel !== undefined ? (spec as Kernelspec) : undefined;
  } catch {
    // Absent or not JSON: not ours.
    return undefined;
  }
}
