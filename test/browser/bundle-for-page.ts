// Bundles sources for a page: `#host/*` means runtime/host/web, and nothing of Node may be left.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './lab.ts';

/** The text of a module that exports what the source exports. */
export async function bundleForPage(source: string): Promise<string> {
  const player = readFileSync(join(root, 'dist', 'runtime', 'picture', 'player.js'), 'utf8');
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    define: { PLAYER_SCRIPT: JSON.stringify(player) },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
