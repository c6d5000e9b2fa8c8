// Finds the paired programs: topic/name.py, topic/name.ts, and topic/name.out, which CPython 3.11 printed.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder that holds the topics. */
export const pairsFolder = fileURLToPath(new URL('.', import.meta.url));

/** Names of all pairs, as `topic/name`, sorted. */
export function pairNames(): readonly string[] {
  return readdirSync(pairsFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .map((path) => path.slice(0, -'.py'.length).replaceAll('\\', '/'))
    .sort();
}

/** The text of one side of a pair. */
export function readPair(name: string, side: 'py' | 'ts' | 'out'): string {
  return readFileSync(`${pairsFolder}${name}.${side}`, 'utf8');
}
