// Packages that people use, installed from npm, each in a folder of its own: what a cell shows of them. Which kinds of
// output, and at most three lines of text. Their versions are printed. Only with --long, for it downloads them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { browserPath } from '../browser/browser-path.ts';
import { cleanUp, startKernelProcess } from '../client.ts';

const root = mkdtempSync(join(tmpdir(), 'cokernel-packages-'));
const versions: string[] = [];
afterAll(() => {
  cleanUp();
  rmSync(root, { recursive: true, force: true });
  console.log(versions.sort().join('\n'));
});

/** The packages, the cells, and the kinds of the last cell's output besides its text. */
interface Case {
  readonly packages: readonly string[];
  readonly cells: readonly string[];
  readonly kinds: readonly string[];
  readonly text?: RegExp;
}

const table = ['text/html'];
const launch = (name: string, value: string) =>
  `import ${name} from '${value}'; const browser = await ${name === 'pw' ? 'pw.chromium' : name}.launch({ executablePath: ${JSON.stringify(browserPath)}, args: ['--no-sandbox'] }); const page = await browser.newPage();`;

/**
 * Not among them are three whose binary npm does not bring, so that they install only where the network or the tools for
 * it are there: danfojs-node and canvas, which load or build one at installation, and nodejs-polars, whose package for
 * Linux may be missing. Plotly's figures and MIME bundles are plain objects, and need no package (rich.test.ts).
 */
const CASES: Readonly<Record<string, Case>> = {
  arquero: {
    packages: ['arquero@7'],
    cells: ["import { table } from 'arquero'; table({ a: [1, 2], b: ['x', 'y'] })"],
    kinds: ['text/html', 'text/markdown'],
  },
  'Arrow Table': {
    packages: ['apache-arrow'],
    cells: ["import { tableFromArrays } from 'apache-arrow'; tableFromArrays({ a: [1, 2], b: ['x', 'y'] })"],
    kinds: table,
    text: /^2 rows × 2 columns: a, b$/,
  },
  'Arrow Vector': {
    packages: ['apache-arrow'],
    cells: ["import { vectorFromArray } from 'apache-arrow'; vectorFromArray([1, 2, 3])"],
    kinds: [],
    text: /^\[1,2,3\]$/,
  },
  DuckDB: {
    packages: ['@duckdb/node-api'],
    cells: [
      "import { DuckDBInstance } from '@duckdb/node-api'; const db = await (await DuckDBInstance.create(':memory:')).connect(); const result = await db.run('select 1 as a, 2 as b'); result",
      "if ((await result.getRows()).length !== 1) throw new Error('showing it used it up'); await db.runAndReadAll('select 1 as a')",
    ],
    kinds: table,
    text: /^1 row × 1 column: a$/,
  },
  sharp: {
    packages: ['sharp'],
    cells: ["import sharp from 'sharp'; sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })"],
    kinds: ['image/png'],
  },
  'canvas and chart.js': {
    packages: ['@napi-rs/canvas', 'chart.js'],
    cells: [
      "import { createCanvas } from '@napi-rs/canvas'; createCanvas(10, 10)",
      "import { Chart, registerables } from 'chart.js'; Chart.register(...registerables); new Chart(createCanvas(99, 99) as any, { type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }] }, options: { animation: false, responsive: false } })",
    ],
    kinds: ['image/png'],
  },
  'Observable Plot': {
    packages: ['@observablehq/plot', 'jsdom'],
    cells: [
      "import * as Plot from '@observablehq/plot'; import { JSDOM } from 'jsdom'; Plot.plot({ document: new JSDOM('').window.document, marks: [Plot.barY([1, 2])] })",
    ],
    kinds: ['image/svg+xml'],
  },
  vega: {
    packages: ['vega'],
    cells: [
      "import * as vega from 'vega'; new vega.View(vega.parse({ width: 9, height: 9, marks: [] }), { renderer: 'none' })",
    ],
    kinds: ['image/svg+xml'],
  },
  mathjs: {
    packages: ['mathjs'],
    cells: ["import { fraction, parse, unit } from 'mathjs'; unit('5 cm')", 'fraction(1, 3)', "parse('x^2 / 2')"],
    kinds: ['text/latex'],
    text: /^x \^ 2 \/ 2$/,
  },
  Temporal: {
    packages: ['@js-temporal/polyfill'],
    cells: ["import { Temporal as T } from '@js-temporal/polyfill'; T.PlainDate.from('2026-01-02')"],
    kinds: [],
    text: /^2026-01-02$/,
  },
  React: {
    packages: ['react', 'react-dom'],
    cells: ["import { createElement } from 'react'; createElement('b', { title: 'x' }, 'hi')"],
    kinds: ['text/html'],
  },
  cheerio: {
    packages: ['cheerio'],
    cells: ["import * as cheerio from 'cheerio'; const $ = cheerio.load('<p>hi</p><p>ho</p>'); $", "$('p')"],
    kinds: [],
    text: /^<p>hi<\/p><p>ho<\/p>$/,
  },
  axios: {
    packages: ['axios'],
    cells: [
      "import axios from 'axios'; import { createServer } from 'node:http'; const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end('{\"a\":[1,2]}')).listen(0); await new Promise((resolve) => server.once('listening', resolve)); const got = await axios.get('http://127.0.0.1:' + (server.address() as any).port); server.close(); got",
    ],
    kinds: [],
    text: /status: 200[\s\S]*a: \[ 1, 2 \]/,
  },
  'tfjs tensors': {
    packages: ['@tensorflow/tfjs'],
    cells: ["import * as tf from '@tensorflow/tfjs'; tf.tensor2d([[1, 2], [3, 4]])"],
    kinds: [],
    text: /^Tensor\n\s+\[\[1, 2\],\n\s+\[3, 4\]\]$/,
  },
  LangChain: {
    packages: ['@langchain/core'],
    cells: [
      "import { HumanMessage } from '@langchain/core/messages'; String([new HumanMessage('hi')].length) && new HumanMessage('hi').content",
    ],
    kinds: [],
    text: /hi/,
  },
  playwright: {
    packages: ['playwright-core'],
    cells: [launch('pw', 'playwright-core'), 'page', 'browser', 'await page.screenshot()'],
    kinds: ['image/png'],
  },
  puppeteer: {
    packages: ['puppeteer-core'],
    cells: [launch('puppeteer', 'puppeteer-core'), 'page', 'await page.screenshot()'],
    kinds: ['image/png'],
  },
};

const chosen = process.env.COKERNEL_LONG
  ? Object.entries(CASES).filter(([name]) => browserPath || !/playwright|puppeteer/.test(name))
  : [];

/** A folder with the packages, whose versions are noted. */
function install(name: string, packages: readonly string[]): string {
  const folder = mkdtempSync(join(root, name.replaceAll(/\W/g, '-')));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages], { cwd: folder });
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const each of Object.keys(dependencies)) {
    const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', each, 'package.json'), 'utf8'));
    versions.push(`${each} ${version}`);
  }
  return folder;
}

if (chosen.length === 0) test.skip('packages of npm', () => {});

for (const [name, { packages, cells, kinds, text = /^/ }] of chosen) {
  test(`${name} shows as people expect`, async () => {
    const cwd = install(name, packages);
    const kernel = await startKernelProcess({ cwd, env: { COKERNEL_DIAGNOSTICS: 'off' } });
    let data: Readonly<Record<string, string>> = {};
    for (const cell of cells) {
      const { reply, outputs } = await kernel.client.execute(cell);
      expect([cell, reply.content.evalue]).toEqual([cell, undefined]);
      const results = outputs.filter(({ header }) => header.msg_type === 'execute_result');
      expect(outputs.filter(({ header }) => header.msg_type === 'error')).toEqual([]);
      data = results[0]?.content.data ?? {};
      expect(String(data['text/plain'] ?? '').split('\n').length).toBeLessThanOrEqual(3);
    }
    expect(Object.keys(data).sort()).toEqual([...kinds, 'text/plain'].sort());
    expect(data['text/plain']).toMatch(text);
    // Its own handlers of SIGINT do not end the process.
    const { client } = kernel;
    const id = client.send('execute_request', { code: 'await new Promise(() => {})' });
    await client.until(
      ({ header, parent_header }) => header.msg_type === 'execute_input' && parent_header.msg_id === id,
    );
    client.send('interrupt_request', {}, { channel: 'control' });
    expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
    const after = await client.execute('typeof _');
    expect(after.reply.content.execution_count).toBe(cells.length + 2);
    await kernel.stop();
  }, 300_000);
}
