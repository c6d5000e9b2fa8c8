// What each program gives in a cell, in Node itself, and bundled by esbuild; and whether tsc accepts it as a bundler's.

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startKernelProcess, textOf } from '../../client.ts';

/** One line of the table; a text that begins with `!` is an error. */
export interface Compared {
  readonly program: string;
  readonly accepted: boolean;
  readonly node: string;
  readonly bundled: string;
  readonly cell: string;
  /** The type errors told under the cell. */
  readonly told: string;
}

const run = promisify(execFile);
const SHOW = "console.log(require('node:util').inspect";

/** Compares the programs in a folder where their packages are installed. */
export async function compare(
  folder: string,
  programs: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Compared[]> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  programs.forEach((program, at) => {
    const split = program.lastIndexOf('; ') + 1;
    const head = program.slice(0, split);
    writeFileSync(join(folder, `program${at}.mts`), `${head}\nexport const result = ${program.slice(split)};\n`);
    writeFileSync(join(folder, `bundled${at}.ts`), `${head}\nexport const result = ${program.slice(split)};\n`);
  });
  const refused = await refusedByTsc(folder, programs.length);
  const compared: Compared[] = [];
  for (const [at, program] of programs.entries()) {
    const node = await shown(folder, `program${at}.mts`);
    const bundled = await bundle(folder, at);
    compared.push({ program, accepted: !refused.has(at), node, bundled, ...(await cell(folder, program)) });
  }
  return compared;
}

async function refusedByTsc(folder: string, count: number): Promise<Set<number>> {
  const files = Array.from({ length: count }, (_, at) => `bundled${at}.ts`);
  const options =
    '--noEmit --strict --skipLibCheck --target esnext --module preserve --moduleResolution bundler --jsx react-jsx --customConditions node';
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [tsc, ...options.split(' '), ...files], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return new Set([...stdout.matchAll(/^bundled(\d+)\.ts/gm)].map(([, at]) => Number(at)));
}

async function bundle(folder: string, at: number): Promise<string> {
  const outfile = join(folder, `bundle${at}.cjs`);
  try {
    await build({
      entryPoints: [join(folder, `bundled${at}.ts`)],
      ...{ outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' },
    });
  } catch (error) {
    return `!${(error as Error).message.split('\n')[1]}`;
  }
  return shown(folder, `bundle${at}.cjs`);
}

async function shown(folder: string, file: string): Promise<string> {
  const text = `import(${JSON.stringify(join(folder, file))}).then((m) => ${SHOW}(m.result ?? m.default.result)))`;
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', text], { cwd: folder }).then(
    ({ stdout }) => stdout.trim(),
    (error: { stderr: string }) => `!${/^\S*Error.*$/m.exec(error.stderr)?.[0]}`,
  );
}

async function cell(folder: string, program: string): Promise<{ readonly cell: string; readonly told: string }> {
  const kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_PATIENCE: '20000' } });
  try {
    const { reply, outputs } = await kernel.client.execute(program);
    const result = outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain'];
    const told = [...textOf(outputs, 'stderr').matchAll(/TS\d+: .*/g)].join('; ');
    return { cell: reply.content.status === 'ok' ? result : `!${reply.content.evalue.split('\n')[0]}`, told };
  } finally {
    await kernel.stop();
  }
}
