// Bundles sources for a page: `#host/*` means runtime/host/web, and nothing of Node may be left.

import { build } from 'esbuild';

/** The text of a module that exports what the source exports. */
export async function bundleForPage(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
