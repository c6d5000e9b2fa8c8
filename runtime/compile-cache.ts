// Where V8 keeps the compiled code of our own files between starts: a folder that only the user can write to. Whoever
// can write there runs code as the user, so a folder in doubt is not used; starting takes some 10 ms longer then.

import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** Those who may write beside the owner: the group and all others. */
const OTHERS_WRITE = 0o022;
const OTHERS = 0o077;
const STICKY = 0o1000;

/**
 * Turns the cache on for what is imported from here on, if there is a safe folder. `NODE_COMPILE_CACHE` and
 * `NODE_DISABLE_COMPILE_CACHE` keep their meaning. Never throws.
 */
export function useCompileCache(): void {
  const folder = cacheFolder();
  if (folder !== undefined) enableCompileCache(folder);
}

/**
 * The user's folder for compiled code, made with mode 0700 if it is missing; undefined if it is a link, belongs to
 * somebody else or is open to others, or if it cannot be made.
 */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  home: () => string = homedir,
): string | undefined {
  try {
    const base = baseFolder(environment, home());
    if (base === undefined) return undefined;
    makeFolder(base, 0o700);
    // The folder for all caches may well be a link, but not one that others can turn elsewhere.
    const real = realpathSync(base);
    const folder = join(real, 'cokernel-compiled');
    makeFolder(folder, 0o700);
    return isSafeBase(lstatSync(real)) && isPrivate(lstatSync(folder)) ? folder : undefined;
  } catch {
    // No home, no space, no permission: no cache.
    return undefined;
  }
}

/** Where programs keep what they can make again, on each system. */
function baseFolder(environment: NodeJS.ProcessEnv, home: string): string | undefined {
  if (process.platform === 'win32') return absolute(environment.LOCALAPPDATA);
  if (process.platform === 'darwin') return absolute(join(home, 'Library', 'Caches'));
  return absolute(environment.XDG_CACHE_HOME) ?? absolute(join(home, '.cache'));
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** Ours alone. Windows has neither owners nor modes here; what is in a user's profile is the user's there. */
function isPrivate(stats: Stats): boolean {
  if (process.platform === 'win32') return stats.isDirectory();
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & OTHERS) === 0;
}

/** Nobody else can put another folder in the place of ours. */
function isSafeBase(stats: Stats): boolean {
  if (process.platform === 'win32') return true;
  const trusted = stats.uid === process.getuid?.() || stats.uid === 0;
  return trusted && ((stats.mode & OTHERS_WRITE) === 0 || (stats.mode & STICKY) !== 0);
}
