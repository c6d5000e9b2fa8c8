// The files from which others build: the workflow of GitHub Actions, the image, the recipe, Binder. Their syntax, and that
// what they call is there and does what they expect of it.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
// @ts-expect-error: plain JavaScript
import { tools as untyped } from '../../.ci/ecosystem/tools.mjs';
import { end, temporaryFolder } from '../cli/cokernel.ts';
import { runPython, testWithPython } from '../python.ts';
import { environment, npm } from './npm.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const windows = process.platform === 'win32';
const tools: readonly { readonly name: string; readonly does: string }[] = untyped;

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy?: { readonly matrix: { readonly os: string[]; readonly node: number[] } };
        readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
      }
    >
  >;
}

/** A YAML file, by Python's parser. */
async function yaml<Value>(path: string): Promise<Value> {
  const code =
    'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding="utf8").read()), default=str))';
  const { code: exit, output } = await runPython(['-c', code, join(root, path)]);
  if (exit !== 0) throw new Error(output);
  return JSON.parse(output) as Value;
}

/** The commands of the workflow, and what shows that each works. `npm test` is how this test itself is run. */
const STEPS = ['npm ci --no-audit --no-fund', 'npm test', 'npm run build', 'npm run wheel -- --all'];
const NODE = 'echo "COKERNEL_NODE=$(node -p process.execPath)" >> "$GITHUB_ENV"';

testWithPython('the workflow runs the tests on three systems and two Nodes, by commands that are here', async () => {
  const { jobs } = await yaml<Workflow>('.github/workflows/test.yml');
  expect(jobs.test?.strategy?.matrix).toEqual({
    os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
    node: [24, 26],
  });
  const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect(new Set(commands)).toEqual(new Set([...STEPS, NODE]));
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const [, name] of STEPS.join('\n').matchAll(/^npm (?:run )?(test|build|wheel)\b/gm)) {
    const [, script] = /^node (\S+\.mjs)/.exec(scripts[name as string] as string) ?? [];
    expect([name, existsSync(join(root, script as string))]).toEqual([name, true]);
  }
});

testWithPython('the site is made by a command that is here, and published from where that writes it', async () => {
  const { jobs } = await yaml<Workflow>('.github/workflows/site.yml');
  const steps = jobs.site?.steps ?? [];
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci --no-audit --no-fund', 'npm run site -- --lite']);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts.site).toBe('node .ci/site.mjs');
  expect(scripts.lite).toBe('node .ci/lite.mjs');
  expect(read('.ci/lite.mjs')).toContain("at('build', 'lite')");
  expect(read('.ci/site.mjs')).toContain("at('build', 'site')");
  expect(JSON.stringify(steps)).toContain('"path": "build/site"'.replace(': ', ':'));
});

test('npm ci accepts the lock file', async () => {
  const { code, stderr } = await npm(
    ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'],
    root,
  );
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
});

(windows ? test.skip : test)("the workflow's Node is the one on which scripts run everything", async () => {
  using folder = temporaryFolder();
  const env = { ...environment, GITHUB_ENV: join(folder.path, 'env') };
  expect(await end('bash', ['-c', NODE], env, folder.path)).toMatchObject({ code: 0 });
  const [, node] = /^COKERNEL_NODE=(.*)\n$/.exec(readFileSync(env.GITHUB_ENV, 'utf8')) ?? [];
  const script = "import { projectNode } from './.ci/setup/places.mjs'; console.log(projectNode())";
  const ran = await end(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { ...environment, COKERNEL_NODE: node },
    root,
  );
  expect(ran.stdout).toBe(`${node}\n`);
});

test('a wheel for a platform that there is none for is refused with those that there are', async () => {
  const { code, stderr } = await end(process.execPath, ['.ci/wheel.mjs', 'beos-x64'], environment, root);
  expect(code).toBe(1);
  expect(stderr).toContain(
    'There is no wheel for beos-x64: one of linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64, win32-arm64 was expected.',
  );
});

test('the table of tools has those that npm run ecosystem runs, with what it does', () => {
  const [, table] = /<!-- ecosystem -->\n([\s\S]*)<!-- \/ecosystem -->/.exec(read('docs/clients.md')) ?? [];
  const told = [...(table as string).matchAll(/^\| (.*?) \| .*? \| (.*) \| (?:works|not run) \|$/gm)];
  expect(told.map(([, name, does]) => ({ name, does }))).toEqual(tools.map(({ name, does }) => ({ name, does })));
});

/** Programs that note how they are called; `cokernel` is the built one. */
function stubs(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['mamba', 'npm', 'rm'])
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n`, { mode: 0o755 });
  const cli = join(root, 'dist', 'kernel', 'cli.js');
  const cokernel = `#!/bin/sh\necho "cokernel $*" >> "${folder}/calls"\nexec "${process.execPath}" "${cli}" "$@"\n`;
  writeFileSync(join(bin, 'cokernel'), cokernel, { mode: 0o755 });
  return bin;
}

(windows ? test.skip : test)(
  'the commands of the image install the package, its kernelspec and the lessons',
  async () => {
    using folder = temporaryFolder();
    const { path } = folder;
    const env = { ...environment, PATH: `${stubs(path)}:/usr/bin:/bin`, VIRTUAL_ENV: join(path, 'conda'), HOME: path };
    const text = read('packaging/docker/Dockerfile').replaceAll('\\\n', ' ');
    expect(text).toMatch(/^FROM \S+$/m);
    const runs = [...text.matchAll(/^RUN (.*)$/gm)].map(([, command]) => command as string);
    expect(runs).toHaveLength(2);
    for (const command of runs) expect(await end('sh', ['-ec', command], env, path)).toMatchObject({ code: 0 });
    const calls = readFileSync(join(path, 'calls'), 'utf8');
    expect(calls).toContain('npm install --global --no-audit --no-fund /tmp/cokernel-');
    expect(existsSync(join(path, 'conda', 'share', 'jupyter', 'kernels', 'cokernel', 'kernel.json'))).toBe(true);
    expect(readdirSync(join(path, 'lessons')).length).toBeGreaterThan(10);
  },
);

testWithPython('the recipe and the environment of Binder are YAML, at the version of the package', async () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const recipe = await yaml<{ context: { version: string }; requirements: { run: string[] } }>(
    'packaging/conda/recipe.yaml',
  );
  expect(recipe.context.version).toBe(version);
  expect(recipe.requirements.run).toContain('nodejs >=24');
  const { dependencies } = await yaml<{ dependencies: string[] }>('.binder/environment.yml');
  expect(dependencies).toContain('nodejs>=24');
});

(windows ? test.skip : test)('Binder builds by commands that are here', async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  const env = { ...environment, PATH: `${stubs(path)}:/usr/bin:/bin`, VIRTUAL_ENV: join(path, 'conda'), HOME: path };
  const node = `#!/bin/sh\nexec "${process.execPath}" "$@"\n`;
  writeFileSync(join(path, 'bin', 'node'), node, { mode: 0o755 });
  expect(await end('bash', ['.binder/postBuild'], env, root)).toMatchObject({ code: 0 });
  expect(readFileSync(join(path, 'calls'), 'utf8')).toBe(
    'npm ci --omit=dev --no-audit --no-fund --loglevel=error\nnpm run build\n',
  );
  expect(existsSync(join(path, 'conda', 'share', 'jupyter', 'kernels', 'cokernel', 'kernel.json'))).toBe(true);
});
