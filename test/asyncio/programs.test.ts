// A program outside any notebook: built and type-checked in a folder of its own, against what `npm pack` packs.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const programs = join(import.meta.dirname, 'programs');
let folder: string;

/** A person's folder, with the package as it is packed; its dependencies are those of this project. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-program-'));
  const installed = join(folder, 'node_modules', 'cokernel');
  mkdirSync(installed, { recursive: true });
  const files = await packedFiles();
  for (const path of files) cpSync(join(root, path), join(installed, path));
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'), 'dir');
  for (const name of ['esbuild', 'typescript', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  for (const name of ['crawler.ts', 'build.mjs']) cpSync(join(programs, name), join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    module: 'nodenext',
    target: 'esnext',
    lib: ['esnext'],
    types: ['node'],
    strict: true,
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['crawler.ts'] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function packedFiles(): Promise<string[]> {
  const npm = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await exec('npm', npm, { cwd: root, maxBuffer: 2 ** 26, shell: process.platform === 'win32' });
  const report = JSON.parse(stdout);
  const { files } = (Array.isArray(report) ? report[0] : report.cokernel) as { files: { path: string }[] };
  return files.map(({ path }) => path);
}

async function run(file: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await exec(process.execPath, [file, ...args], { cwd: folder })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

interface Site {
  readonly address: string;
  readonly requests: string[];
  /** Requests whose client went away before the answer. */
  readonly aborted: string[];
  /** The most that were under way at once. */
  readonly busiest: () => number;
}

const LINKS: Readonly<Record<string, readonly string[]>> = {
  '/': ['/a', 'b', '/slow', 'https://elsewhere.invalid/', '/a#part'],
  '/a': ['/b', '/c', '/'],
  '/b': ['/missing', '/broken', '/a'],
  '/c': ['/picture', 'http://['],
};

/** A small site; one page never answers, one breaks off, one is missing. */
async function withSite(work: (site: Site) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const aborted: string[] = [];
  let open = 0;
  let most = 0;
  const answer: RequestListener = ({ url = '', socket }, response) => {
    requests.push(url);
    most = Math.max(most, ++open);
    response.on('close', () => {
      open--;
      if (!response.writableFinished) aborted.push(url);
    });
    if (url === '/slow') return;
    if (url === '/broken') return void socket.destroy();
    const kind = url === '/picture' ? 'image/svg+xml' : 'text/html; charset=utf-8';
    response.writeHead(url === '/missing' ? 404 : 200, { 'content-type': kind });
    response.end((LINKS[url] ?? ['/never']).map((link) => `<a class="x" href="${link}">there</a>`).join('\n'));
  };
  const server = createServer((request, response) => void setImmediate(() => answer(request, response)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await work({ address, requests, aborted, busiest: () => most });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('the crawler type-checks against the packed types', async () => {
  const { code, stdout } = await run(join('node_modules', 'typescript', 'bin', 'tsc'));
  expect([code, stdout]).toEqual([0, '']);
});

test('the crawler, built with the plugin, fetches each page of a site once, and says what became of it', async () => {
  expect(await run('build.mjs')).toMatchObject({ code: 0, stderr: '' });
  await withSite(async ({ address, requests, aborted, busiest }) => {
    const { code, stdout, stderr } = await run('crawler.js', `${address}/`);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(address, '').trimEnd().split('\n')).toEqual([
      '200 /',
      '200 /a',
      '200 /b',
      'failed /broken',
      '200 /c',
      '404 /missing',
      '200 /never',
      '200 /picture',
      'timed out /slow',
    ]);
    expect(requests.toSorted()).toEqual(['/', '/a', '/b', '/broken', '/c', '/missing', '/never', '/picture', '/slow']);
    expect(aborted.toSorted()).toEqual(['/broken', '/slow']);
    expect(busiest()).toBe(2);
  });
});

test('the crawler without an address says what it needs', async () => {
  await run('build.mjs');
  expect(await run('crawler.js')).toMatchObject({ code: 2, stderr: expect.stringContaining('Give the address') });
});

test('the programs in README run as they are printed there', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  // Each begins with its file's name.
  const blocks = readme.matchAll(/^```(?:js|ts)\n\/\/ (\S+\.(?:mjs|ts)):.*\n[\s\S]*?^```$/gm);
  const names: string[] = [];
  for (const [block, name = ''] of blocks) {
    names.push(name);
    writeFileSync(join(folder, name), block.split('\n').slice(1, -1).join('\n'));
  }
  expect(names).toEqual(['sleepers.mjs', 'sleepers.ts', 'build.mjs']);
  const said = { code: 0, stdout: "[ 'Hello, Ada!', 'Hello, Grace!' ]\n", stderr: '' };
  expect(await run('sleepers.mjs')).toEqual(said);
  expect(await run('build.mjs')).toMatchObject({ code: 0, stderr: '' });
  expect(await run('sleepers.js')).toEqual(said);
});
