// The text of the player's script: read from dist/ in the built package, bundled from the sources during development.
// How a figure comes by it is in picture/trace/figure-script.ts.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { READER } from './picture/draw/packed-text.ts';
import { hashOf } from './picture/draw/svg-text.ts';

/** The script, and the version by which figures ask for it: another version may not understand their data. */
export interface PlayerScript {
  readonly version: string;
  /** Makes the player known to the page, and starts it in the figures that wait for this version. */
  readonly text: string;
}

let made: PlayerScript | undefined;

/** The player as a script of the page, which must know {@link READER} as `ckRead`. */
export function playerScript(): PlayerScript {
  made ??= announced(import.meta.url.endsWith('.ts') ? bundled() : readFileSync(built(), 'utf8'));
  return made;
}

function announced(player: string): PlayerScript {
  const version = hashOf(player);
  const waiting = `self.ckWaiting?.["${version}"]?.splice(0).forEach((play)=>play())`;
  return { version, text: `${player}(self.ckPlayers??={})["${version}"]=ckPlayer.boot;${waiting}` };
}

/** The player as a file that Jupyter's server offers beside the kernel's logos: for figures that do not bring it. */
export function playerFile(): { readonly name: string; readonly text: string } {
  const { version, text } = playerScript();
  return { name: playerFileName(version), text: `self.ckRead=${READER};${text}` };
}

/** The file's name in the folder of the kernelspec. */
export function playerFileName(version: string): string {
  return `player-${version}.js`;
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
  const entry = fileURLToPath(new URL('./picture/player/main.ts', import.meta.url));
  const { outputFiles } = buildSync({ ...PLAYER, entryPoints: [entry], write: false });
  return outputFiles[0]?.text ?? '';
}

/** The same options as in .ci/build.mjs. */
const PLAYER = {
  bundle: true,
  format: 'iife',
  globalName: 'ckPlayer',
  minify: true,
  target: 'es2022',
  charset: 'ascii',
} as const;
