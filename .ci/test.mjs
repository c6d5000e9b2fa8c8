// `npm test`: sets up what is lacking, then everything that can fail, the quick first: formatter and types, build, jest.
// Arguments go to jest (`npm test -- test/wire`); --long adds the tests that take hours. Runs under Node 20.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { run } from './command.mjs';
import { main, Sentence, say, step } from './say.mjs';
import { built } from './setup/built.mjs';
import { kernelspec } from './setup/kernelspec.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';
import { pythonSuites } from './suites.mjs';

await main(async () => {
  const asked = process.argv.slice(2);
  const long = asked.includes('--long');
  const forJest = asked.filter((argument) => argument !== '--long');
  const failedSteps = [];
  const tried = async (name, work) => {
    const why = await sentenceOf(work);
    if (why) failedSteps.push(name);
    return why;
  };
  let counts = { passed: 0, failed: 0, skipped: 0, code: 1 };
  let withoutPython;
  const stopped = await tried('packages', packages);
  if (!stopped) {
    await tried('format and types (npm run check)', check);
    await tried('build', built);
    withoutPython = await sentenceOf(() => environment('lab', 'test'));
    if (!withoutPython) await tried('kernelspec', kernelspec);
    await tried('jest', async () => {
      counts = await jest(forJest, long);
    });
  }
  if (withoutPython) say('\nSkipped, for want of Python (see above): the tests that need it.');
  if (failedSteps.length > 0) say(`\nFailed, see above: ${failedSteps.join(', ')}`);
  if (counts.skipped > 0) say(`${counts.skipped} skipped`);
  const failed = counts.failed + failedSteps.length;
  say(`${counts.passed} passed, ${failed} failed`);
  // A run in which nothing ran has shown nothing.
  return failed > 0 || counts.passed === 0 ? 1 : counts.code;
});

/** Runs a step; where it fails for a reason that has a sentence, prints and returns that, so that the rest can go on. */
async function sentenceOf(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Sentence)) throw error;
    say(error.message);
    return error.message;
  }
}

/** Formatter, linter and types. */
function check() {
  const findings = async (name, args) => {
    const { code, output } = await run(projectNode(), args, { quiet: true, env: childEnvironment(), cwd: at() });
    return code === 0 ? '' : `${output.trimEnd()}\n${name} failed\n`;
  };
  const biome = [at('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--diagnostic-level=error', '.'];
  const tsc = [at('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--project', 'test'];
  return step('checking format and types', async () => {
    const found = (await findings('biome', biome)) + (await findings('tsc', tsc));
    if (found) throw new Sentence(found);
  });
}

async function jest(more, long) {
  say('▸ running the tests');
  mkdirSync(at('build'), { recursive: true });
  const report = at('build', 'jest.json');
  rmSync(report, { force: true });
  rmSync(at('build', 'suites'), { recursive: true, force: true });
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  args.push(
    at('node_modules', 'jest', 'bin', 'jest.js'),
    // One more than the cores of the machine this is measured on: much of a test's time is waiting, for processes that
    // start, pages that load and sleeps that are real.
    '--maxWorkers=3',
    '--json',
    `--outputFile=${report}`,
    ...more,
  );
  const env = childEnvironment(long ? { COKERNEL_LONG: '1' } : {});
  // With --json jest prints its whole report on standard output as well; the file has it.
  const { code } = await run(projectNode(), args, { env, cwd: at(), dropOutput: true });
  return { ...count(report), code };
}

/** Adds up jest's own tests and those inside the Python suites that jest started. */
function count(report) {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    throw new Sentence(`jest ended without a report (${report}); see its output above.`);
  }
  const python = pythonSuites(at('build', 'suites'));
  return {
    passed: result.numPassedTests + python.passed,
    // A file that could not even be loaded has no tests to count.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites + python.failed,
    skipped: result.numPendingTests + result.numTodoTests + python.skipped,
  };
}
