// The text of the player's script: read from dist/ in the built package, bundled from the sources during development, and
// by the build, which writes it there.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let text: string | undefined;

/** A script that defines `ckPlayer.boot`. */
export function playerScript(): string {
  text ??= import.meta.url.endsWith('.ts') ? bundled() : readFileSync(built(), 'utf8');
  return text;
}

/** This code may be part of a chunk anywhere in dist/, so each folder above it is searched. */
function built(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, 'runtime', 'picture', 'player.js');
    if (existsSync(found)) return found;
    if (folder === dirname(folder))
      throw new Error(`runtime/picture/player.js was expected above ${start}: reinstall cokernel.`);
  }
}

function bundled(): string {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const entry = fileURLToPath(new URL('../../picture/player/main.ts', import.meta.url));
  const { outputFiles } = buildSync({ ...PLAYER, entryPoints: [entry], write: false });
  return outputFiles[0]?.text ?? '';
}

/**
 * Names of properties that the script has shortened, which spares each notebook 300 bytes. Only names of our own that are
 * neither keys of a figure's data nor looked up by a text may be here.
 */
const SHORTENED =
  /^(?:arrows|awaits|axis|callers|column|edges|ending|figure|layout|legend|magnify|model|moment|momentAt|nodes|panels|parts|passing|received|shares|stacked|stacks|stretches|stuck|swatch|waitsFor|wanted)$/;

const PLAYER = {
  bundle: true,
  format: 'iife',
  minify: true,
  target: 'es2022',
  charset: 'ascii',
  mangleProps: SHORTENED,
} as const;
