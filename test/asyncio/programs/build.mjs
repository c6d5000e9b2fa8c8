// Builds crawler.ts into crawler.js: esbuild, with the plugin that compiles coroutine(async …).
import { cokernel } from 'cokernel/esbuild';
import { build } from 'esbuild';

await build({
  entryPoints: ['crawler.ts'],
  outfile: 'crawler.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  plugins: [cokernel()],
});
