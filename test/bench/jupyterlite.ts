// The kernel in JupyterLite beside JupyterLite's own for JavaScript: in one site, one Chromium, one page for each start. Python's
// (Pyodide) fetches its packages from the network while it starts, and a machine without that cannot run it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserPath } from '../browser/browser-path.ts';
import { type Host, serveFolder } from '../browser/static-host.ts';
import { folder, python, root } from './peers.ts';
import { Results, type Row, table } from './table.ts';

const OURS = 'cokernel';
const PEER = 'JavaScript kernel';
/** Label → the kernel's name and the folder of its extension. */
const KERNELS = {
  [OURS]: { name: 'cokernel', extension: 'jupyterlite-cokernel' },
  [PEER]: { name: 'javascript', extension: '@jupyterlite/javascript-kernel-extension' },
};

const ROWS: readonly Row[] = [
  { title: 'from the start of a kernel to its first result', key: 'start', unit: 'ms', target: { peer: PEER } },
  { title: '… where it has been started before', key: 'again', unit: 'ms', target: { peer: PEER } },
  { title: 'a plain cell, to its reply', key: 'cell', unit: 'ms', target: { peer: PEER } },
  { title: 'fetched for the kernel, in MB of gzip', key: 'bytes', unit: 'times', target: { peer: PEER } },
];

/** What a page of JupyterLab shows of itself where its settings allow it. */
interface App {
  readonly serviceManager: {
    readonly kernels: {
      startNew(options: { name: string }): Promise<{
        requestExecute(content: { code: string }): { readonly done: Promise<unknown> };
        shutdown(): Promise<void>;
      }>;
    };
  };
}

/** Measures, and returns the table as Markdown. */
export async function benchJupyterLite(quick: boolean): Promise<string> {
  const head = '### JupyterLite, in Chromium';
  if (browserPath === undefined) return `${head}\n\nNot measured: there is no Chromium.`;
  const site = buildSite();
  if (typeof site === 'string') return `${head}\n\nNot measured: ${site}`;
  const host = await serveFolder(site.path, true);
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  const results = new Results();
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    for (const label of [OURS, PEER] as const) await measure(browser, host, site.path, label, results);
  }
  await browser.close();
  await host.close();
  return `${head}\n\n${table(results, ROWS, [OURS, PEER], OURS)}`;
}

async function measure(browser: Browser, host: Host, site: string, label: keyof typeof KERNELS, results: Results) {
  const { name, extension } = KERNELS[label];
  const context = await browser.newContext();
  const page = await context.newPage();
  const fetched = new Set<string>();
  context.on('request', (request) => fetched.add(new URL(request.url()).pathname));
  await page.goto(`${host.origin}/lab/index.html`);
  await page.waitForFunction('window.jupyterapp?.serviceManager?.kernelspecs?.specs?.kernelspecs?.javascript');
  const [start, again, ...cells] = await timesIn(page, name);
  results.add('start', label, start ?? null);
  results.add('again', label, again ?? null);
  for (const cell of cells) results.add('cell', label, cell);
  const own = [...fetched].filter((path) => path.includes(`/extensions/${extension}/`));
  const bytes = own.map((path) => gzipSync(readFileSync(join(site, path))).byteLength);
  results.add('bytes', label, bytes.reduce((sum, one) => sum + one, 0) / 1e6);
  await context.close();
}

/** Seconds until the first result of a fresh kernel, the same once more, and those of single cells. */
function timesIn(page: Page, kernel: string): Promise<number[]> {
  return page.evaluate(async (name) => {
    const { kernels } = (globalThis as unknown as { readonly jupyterapp: App }).jupyterapp.serviceManager;
    const times: number[] = [];
    const timed = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      await work();
      times.push((performance.now() - began) / 1000);
    };
    const started = async () => {
      const made = await kernels.startNew({ name });
      await made.requestExecute({ code: '1 + 1' }).done;
      return made;
    };
    await timed(async () => (await started()).shutdown());
    let last: Awaited<ReturnType<typeof started>> | undefined;
    await timed(async () => {
      last = await started();
    });
    for (let cell = 0; cell < 50; cell++) await timed(async () => last?.requestExecute({ code: '1 + 1' }).done);
    return times;
  }, kernel);
}

/** The site, or why there is none. */
function buildSite(): { readonly path: string } | string {
  const out = join(folder, 'lite');
  const wheels = join(folder, 'wheels');
  const contents = join(folder, 'lite-contents');
  mkdirSync(contents, { recursive: true });
  mkdirSync(wheels, { recursive: true });
  const found = () => readdirSync(wheels).find((file) => file.startsWith('jupyterlite_javascript_kernel'));
  if (found() === undefined) {
    const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels, 'jupyterlite-javascript-kernel'];
    spawnSync(python, args);
  }
  const peer = found();
  if (peer === undefined) return "JupyterLite's JavaScript kernel could not be had.";
  const lite = join(root, '.ci', 'lite.mjs');
  const args = [lite, out, '--contents', contents, '--extension', join(wheels, peer)];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const path = join(out, 'site');
  if (status !== 0 || !existsSync(path)) return `the site could not be built: ${stdout.trim().split('\n').at(-1)}`;
  const settings = join(path, 'jupyter-lite.json');
  const config = JSON.parse(readFileSync(settings, 'utf8')) as { 'jupyter-config-data': Record<string, unknown> };
  config['jupyter-config-data'].exposeAppInBrowser = true;
  writeFileSync(settings, JSON.stringify(config));
  return { path };
}
