// What programs really print: compiled by the plugin, as a package's own build would do, and run by the library in
// virtual time, each in a coroutine of its own.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { cokernel } from '../../runtime/compile/plugin.ts';

const ASYNCIO = join(import.meta.dirname, '..', '..', 'runtime', 'asyncio');

/** The lines that each program prints. */
export async function printedBy(programs: readonly string[]): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cokernel-quiz-'));
  try {
    const [source, outfile] = [join(folder, 'programs.ts'), join(folder, 'programs.mjs')];
    await writeFile(source, sourceOf(programs));
    await build({
      ...{ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
      alias: { 'cokernel/compiled': join(ASYNCIO, 'compiled.ts'), cokernel: join(ASYNCIO, 'index.ts') },
      plugins: [cokernel()],
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout) as string[][];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sourceOf(programs: readonly string[]): string {
  return `import { coroutine, createTask, run, sleep } from 'cokernel';
const say = coroutine(async (text: string) => console.log(text));
const mains = [${programs.map((text) => `coroutine(async () => {\n${text}\n})`).join(',\n')}];
const all: string[][] = [];
const print = console.log;
for (const main of mains) {
  const lines: string[] = [];
  console.log = (line) => void lines.push(line);
  await run(main(), { clock: 'virtual' });
  all.push(lines);
}
print(JSON.stringify(all));`;
}
