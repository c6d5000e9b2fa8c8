// Runs the TypeScript side of the cases, in both forms, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { cokernel } from '../../../runtime/compile/plugin.ts';
import { files, folder, type Kind, source } from './files.ts';
import { generatorForm } from './generator-form.ts';

/** Literals compiled as people's builds do, or rewritten into the generator form. */
export type Form = 'compiled' | 'generator';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * What each case prints, by key; in the generator form only those that have one.
 * @param seed Where it is given, the process is held up at places that it determines: see hold-up.ts.
 */
export async function runCases(
  form: Form,
  kind: Kind,
  names = files(kind),
  seed?: number,
): Promise<Readonly<Record<string, string>>> {
  const target = mkdtempSync(join(tmpdir(), 'cokernel-cpython-'));
  try {
    await bundle(form, kind, names, target);
    const order = names.map((name) => [name, pathToFileURL(join(target, 'cases', `${name}.mjs`)).href]);
    const holding = seed === undefined ? [] : ['--import', pathToFileURL(`${folder}hold-up.ts`).href];
    const done = spawnSync(process.execPath, [...holding, join(target, 'run.mjs')], {
      input: JSON.stringify(order),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 300_000,
      env: { ...process.env, NODE_OPTIONS: '', COKERNEL_CLOCK: kind, COKERNEL_SEED: `${seed}` },
    });
    if (done.status !== 0) throw new Error(`the cases' process failed: ${done.error?.message ?? done.stderr}`);
    return JSON.parse(done.stdout) as Record<string, string>;
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

async function bundle(form: Form, kind: Kind, names: readonly string[], target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: {
      run: `${folder}run.ts`,
      ...Object.fromEntries(names.map((name) => [`cases/${name}`, `${folder}cases/${name}.ts`])),
    },
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // A generator has its own name beside the constant's, and esbuild would number it; but what is shipped to a thread
    // as text must not call esbuild's helper.
    keepNames: form === 'generator' && kind === 'virtual',
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    alias: {
      'cokernel/compiled': join(root, 'runtime/asyncio/compiled.ts'),
      cokernel: join(root, 'runtime/asyncio/index.ts'),
    },
    plugins: [form === 'compiled' ? cokernel() : toGenerators()],
    logLevel: 'error',
  });
}

function toGenerators(): Plugin {
  return {
    name: 'generator-form',
    setup(step) {
      step.onLoad({ filter: /[\\/]cpython[\\/]cases[\\/].*\.ts$/ }, ({ path }) => ({
        contents: generatorForm(path, readFileSync(path, 'utf8')).text,
        loader: 'ts',
      }));
    },
  };
}

/** The cases without a generator form, by key, each with its reason. */
export function withoutGeneratorForm(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) =>
      Object.entries(generatorForm(`${name}.ts`, source(name, 'ts')).without).map(([key, reason]) => [
        `${name} ${key}`,
        reason,
      ]),
    ),
  );
}
