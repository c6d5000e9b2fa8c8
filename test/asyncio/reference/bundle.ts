// Builds programs that import `cokernel` as its users do, with the library's own sources in its place and its own
// esbuild plugin for `coroutine(async …)`; one instance of the library for all that is built together.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { cokernel } from '../../../runtime/compile/plugin.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Bundles `entries` (name → source file) into a folder of its own, hands it to `work`, and removes it. */
export async function withBundle<T>(
  entries: Readonly<Record<string, string>>,
  work: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-programs-'));
  try {
    await build({
      entryPoints: { ...entries },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      packages: 'external',
      alias: {
        'cokernel/compiled': join(root, 'runtime/asyncio/compiled.ts'),
        cokernel: join(root, 'runtime/asyncio/index.ts'),
      },
      plugins: [cokernel()],
      logLevel: 'error',
    });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bundles one program of plain TypeScript with the library's sources into `outfile`, by which it starts in no time. */
export async function bundleProgram(source: string, outfile: string, plugins: Plugin[] = []): Promise<void> {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    alias: {
      'cokernel/compiled': join(root, 'runtime/asyncio/compiled.ts'),
      cokernel: join(root, 'runtime/asyncio/index.ts'),
    },
    plugins,
    logLevel: 'error',
  });
}
