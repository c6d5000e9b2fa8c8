// Voila serves a notebook with controls: they are moved in its page by the keyboard, and the page shows what comes of it.
// Installs Voila into an environment of its own, so only with --long.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { browsing, openBrowser, testLongInBrowser } from '../browser/chromium.ts';
import { writeNotebook } from '../browser/notebook.ts';
import { type JupyterHome, jupyterHome } from '../jupyter.ts';
import { python } from '../python.ts';

const MINUTES = 60_000;
const long = browsing && process.env.COKERNEL_LONG !== undefined;

const started = new AsyncDisposableStack();
let home: JupyterHome;
let browser: BrowserContext;

beforeAll(async () => {
  if (!long) return;
  home = await jupyterHome();
  started.defer(() => {
    const left = home.running();
    home.remove();
    expect(left).toEqual([]);
  });
  execFileSync(python as string, ['-m', 'venv', join(home.folder, 'venv')]);
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    'voila==0.5.*',
    'ipywidgets',
    'anywidget',
  ];
  execFileSync(program(), install, { stdio: ['ignore', 'ignore', 'inherit'] });
  browser = await openBrowser(home, { width: 900, height: 700 });
  started.defer(() => browser.close());
}, 10 * MINUTES);

afterAll(() => started.disposeAsync(), 30_000);

const program = () =>
  join(home.folder, 'venv', ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

/** Serves a notebook of these cells until the test's end, and opens its page. */
async function served(cells: readonly string[]): Promise<Page> {
  const notebook = join(home.folder, 'notebook.ipynb');
  writeNotebook(notebook, cells);
  const port = await freePort();
  const args = ['-m', 'voila', notebook, '--no-browser', `--port=${port}`, '--Voila.ip=127.0.0.1'];
  const env = { ...home.env, PATH: [dirname(program()), home.env.PATH].join(delimiter) };
  const server = spawn(program(), args, { cwd: home.folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(server, 'close');
  started.defer(async () => {
    server.kill('SIGTERM');
    await closed;
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  const address = `http://127.0.0.1:${port}/`;
  while (!(await answers(address))) {
    if (server.exitCode !== null) throw new Error(`Voila ended early:\n${log}`);
    await sleep(100);
  }
  await page.goto(address);
  return page;
}

async function answers(address: string): Promise<boolean> {
  // The root would run the notebook.
  return fetch(new URL('static/nothing', address)).then(
    () => true,
    () => false,
  );
}

/** Voila does not say which port it takes for 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

testLongInBrowser(
  'in the page of Voila a slider and interact are moved by the keyboard, and a cell that awaited the first has gone on',
  async () => {
    const page = await served([
      `import { createTask, coroutine } from 'cokernel';
import * as w from 'cokernel/widgets';
const n = w.slider({ label: 'n', max: 10, value: 3 });
const said = w.label('nothing yet');
w.column([n, said])`,
      `createTask(coroutine(async () => { said.value = 'changed to ' + await n.changed(); })())`,
      `w.interact({ times: w.slider({ max: 5, value: 2 }) }, ({ times }) => html('<b>' + 'Ada! '.repeat(times) + '</b>'), { into: w.output() })`,
      `w.widget({ state: { count: 0 }, esm: ({ model, el }) => {
  const button = document.createElement('button');
  const show = () => { button.textContent = 'count is ' + model.get('count'); };
  button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes(); };
  model.on('change:count', show);
  show();
  el.append(button);
} })`,
    ]);
    const handles = page.locator('.noUi-handle');
    await page.getByText('nothing yet').waitFor();
    await handles.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('changed to 4').waitFor();
    await page.getByText('Ada! Ada!', { exact: true }).waitFor();
    await handles.last().focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Ada! Ada! Ada!', { exact: true }).waitFor();
    await page.getByText('count is 0').press('Enter');
    await page.getByText('count is 1').waitFor();
  },
  2 * MINUTES,
);
