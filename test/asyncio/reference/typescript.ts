// Runs TypeScript programs against the library, in a fresh process under the virtual clock.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pairsFolder } from '../pairs/programs.ts';
import { preludeNames } from '../random/prelude.ts';
import { withBundle } from './bundle.ts';

const runner = fileURLToPath(new URL('run.ts', import.meta.url));

/** What each paired program prints, `times` times over: one object of outputs by name for each time. */
export async function runPairs(names: readonly string[], times = 1): Promise<readonly Record<string, string>[]> {
  const entries = Object.fromEntries(names.map((name) => [name, `${pairsFolder}${name}.ts`]));
  return withBundle({ ...entries, run: runner }, (folder) => {
    const url = (name: string) => pathToFileURL(join(folder, `${name}.mjs`)).href;
    // The number in the address makes Node read the module again, so that it runs again.
    const order = (time: number) => names.map((name) => [name, `${url(name)}?time=${time}`]);
    return Array.from({ length: times }, (_, time) => spawnRunner(folder, { modules: order(time) }));
  });
}

/** What each random program prints (its text from emitTypescript, in the generator style), by name. */
export async function runTexts(texts: readonly (readonly [string, string])[]): Promise<Record<string, string>> {
  return withBundle({ run: runner }, (folder) => spawnRunner(folder, { texts }));
}

/** As {@link runTexts}, for texts in the async style: they go through the compiler, as people's own builds do. */
export async function runCompiled(texts: readonly (readonly [string, string])[]): Promise<Record<string, string>> {
  const source = mkdtempSync(join(tmpdir(), 'cokernel-compiled-'));
  try {
    const file = join(source, 'programs.js');
    writeFileSync(file, programsModule(texts));
    return await withBundle({ run: runner, programs: file }, (folder) =>
      spawnRunner(folder, { compiled: pathToFileURL(join(folder, 'programs.mjs')).href }),
    );
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

/** The compiler lowers literals handed to what was imported from cokernel, so these names are imported. */
function programsModule(texts: readonly (readonly [string, string])[]): string {
  const imported = ['coroutine', 'taskGroup', 'timeout'];
  const given = preludeNames().filter((name) => !imported.includes(name));
  const programs = texts.map(
    ([name, text]) => `programs[${JSON.stringify(name)}] = ({ ${given.join(', ')} }) => {\n${text}\nreturn f0;\n};`,
  );
  return `import { ${imported.join(', ')} } from 'cokernel';\nexport const programs = {};\n${programs.join('\n')}\n`;
}

function spawnRunner(folder: string, order: object): Record<string, string> {
  const done = spawnSync(process.execPath, [join(folder, 'run.mjs')], {
    input: JSON.stringify(order),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 300_000,
    env: { ...process.env, COKERNEL_CLOCK: 'virtual', NODE_OPTIONS: '' },
  });
  if (done.status !== 0) throw new Error(`the programs' process failed: ${done.error?.message ?? done.stderr}`);
  return JSON.parse(done.stdout) as Record<string, string>;
}
