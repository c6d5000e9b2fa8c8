// Finds the paired programs: topic/name.py, topic/name.ts, and topic/name.out, which CPython 3.14 printed. Those under
// differences/ also have name.ours, written by hand: what we print instead. Their reasons are in ../DIFFERENCES.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Pairs whose recording was written by hand: CPython's RecursionError there ends WebAssembly. */
export const BY_HAND: readonly string[] = ['differences/ring-of-waiters'];

/** The folder that holds the topics. */
export const pairsFolder = fileURLToPath(new URL('.', import.meta.url));

/** Names of all pairs, as `topic/name`, sorted. */
export function pairNames(): readonly string[] {
  return readdirSync(pairsFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .map((path) => path.slice(0, -'.py'.length).replaceAll('\\', '/'))
    .sort();
}

/** What our library should print for a pair: what CPython prints, but for the differences that stand. */
export function expectedOf(name: string): string {
  return readPair(name, existsSync(`${pairsFolder}${name}.ours`) ? 'ours' : 'out');
}

/** The text of one side of a pair. */
export function readPair(name: string, side: 'py' | 'ts' | 'out' | 'ours'): string {
  return readFileSync(`${pairsFolder}${name}.${side}`, 'utf8');
}
