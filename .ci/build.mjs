// Bundles the sources into dist/: one file per entry, shared code in chunks, so that the kernel and the library that
// cells import are the same instance. Types come from tsc.
import { build } from 'esbuild';

await build({
  entryPoints: {
    'kernel/main': 'kernel/main.ts',
    'kernel/cli': 'kernel/cli.ts',
    'runtime/cell/main': 'runtime/cell/main.ts',
    'runtime/cell/watcher': 'runtime/cell/watcher.ts',
    'runtime/asyncio/index': 'runtime/asyncio/index.ts',
    'runtime/asyncio/compiled': 'runtime/asyncio/compiled.ts',
    'runtime/compile/plugin': 'runtime/compile/plugin.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  sourcemap: 'linked',
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
});
