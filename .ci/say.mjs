// What the set-up says while it works: one line per step, a sign of life on the long ones, a sentence on failure.
// Plain Node 20 without packages, as everything under .ci/ but build.mjs.

/** A failure that has been put into words; it is printed without a stack. */
export class Sentence extends Error {}

const LIFE_MS = 10_000;

/** Prints one line of the set-up. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Says in one line that a step has nothing to do. */
export function skipped(name) {
  say(`· ${name}: skipped, up to date`);
}

/** Runs a step under its name: says that it begins, every ten seconds that it goes on, and how long it took. */
export async function step(name, work) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  say(`▸ ${name} …`);
  const life = setInterval(() => say(`  … ${name}: ${seconds()} s so far`), LIFE_MS);
  try {
    const result = await work();
    say(`✓ ${name} (${seconds()} s)`);
    return result;
  } catch (error) {
    say(`✗ ${name} (${seconds()} s)`);
    throw error;
  } finally {
    clearInterval(life);
  }
}

/** Runs a program's main function; a Sentence is printed as it is, anything else with its stack. Both exit with 1. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Sentence ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
