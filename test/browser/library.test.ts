// The library, its pictures and the compiler in a page, where there is no Node: they do what they do in Node.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createCompiler } from '../../runtime/compile/cell.ts';
import { emitTypescript } from '../asyncio/random/emit.ts';
import { generate } from '../asyncio/random/generate.ts';
import { RECORDED, readRecordings } from '../asyncio/random/recorded.ts';
import { bundleForPage } from './bundle-for-page.ts';
import { browsing, launch, testInBrowser } from './chromium.ts';
import { root } from './lab.ts';
import type * as InPage from './library-in-page.ts';

declare const page: typeof InPage;

const COUNT = process.env.COKERNEL_LONG ? RECORDED : 50;

let server: Server;
let browser: Browser;
let tab: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (!browsing) return;
  const script = await bundleForPage(join(import.meta.dirname, 'library-in-page.ts'));
  const wasm = readFileSync(join(root, 'node_modules', 'oxc-parser', 'parser.wasm32-wasip1.wasm'));
  const files: Readonly<Record<string, readonly [type: string, content: string | Buffer]>> = {
    '/': [
      'text/html',
      '<!doctype html><title>page</title><script type="module">import * as page from "/page.js"; globalThis.page = page</script>',
    ],
    '/page.js': ['text/javascript', script],
    '/oxc.wasm': ['application/wasm', wasm],
  };
  server = createServer(({ url = '' }, response) => {
    const [type, content] = files[url] ?? ['text/plain', ''];
    response.writeHead(url in files ? 200 : 404, { 'content-type': type }).end(content);
  }).listen(0, '127.0.0.1');
  browser = await launch();
  tab = await browser.newPage();
  tab.on('pageerror', (error) => complaints.push(String(error.stack)));
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(complaints).toEqual([]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

testInBrowser(
  `${COUNT} random programs print in a page what CPython printed`,
  async () => {
    const seeds = Array.from({ length: COUNT }, (_, at) => at + 1);
    const texts = seeds.map((seed) => emitTypescript(generate(seed), 'generator'));
    const printed = await tab.evaluate(async (all) => {
      const outputs: string[] = [];
      for (const text of all) outputs.push(await page.runRandom(page.evaluate(text)));
      return outputs;
    }, texts);
    const recordings = readRecordings();
    const differing = seeds.filter((seed, at) => printed[at] !== recordings.get(seed)?.output);
    expect([differing, complaints]).toEqual([[], []]);
  },
  120_000,
);

testInBrowser('sleeps take their time, ten thousand at once too, and an error of a task is told', async () => {
  const { seconds, error } = await tab.evaluate(async () => {
    const { coroutine, gather, run, sleep } = page.cokernel;
    const began = performance.now();
    await run(
      coroutine(function* () {
        yield* gather(...Array.from({ length: 10_000 }, () => sleep(0.1)));
      })(),
    );
    const took = (performance.now() - began) / 1000;
    const failing = coroutine(function* () {
      yield* sleep(0);
      throw new RangeError('no such line');
    });
    return { seconds: took, error: String(await run(failing()).catch((caught: unknown) => caught)) };
  });
  expect(error).toBe('RangeError: no such line');
  // Not less; how much more depends on the machine.
  expect(seconds).toBeGreaterThan(0.099);
});

testInBrowser('what a browser does not have says so, and what to do', async () => {
  const said = await tab.evaluate(async () => {
    const { createSubprocess, openConnection, run } = page.cokernel;
    const tries = [() => run(openConnection('127.0.0.1', 1)), () => run(createSubprocess('ls'))];
    const texts: string[] = [];
    for (const attempt of tries) {
      try {
        await attempt();
        texts.push('no error');
      } catch (error) {
        texts.push((error as Error).message);
      }
    }
    return texts;
  });
  expect(said).toEqual([
    'A program in a browser has no sockets: ask by fetch(), or run it in Node, where openConnection and startServer work.',
    "'ls' cannot be started: a browser starts no programs. Run this in Node.",
  ]);
});

testInBrowser('a thread of a page does the work that would hold it up', async () => {
  const sum = await tab.evaluate(() => {
    const { run, toThread } = page.cokernel;
    const add = (last: number): number => {
      let all = 0;
      for (let at = 1; at <= last; at++) all += at;
      return all;
    };
    return run(toThread(add, 1_000_000));
  });
  expect(sum).toBe(500_000_500_000);
});

testInBrowser('a trace draws itself in the page as in Node, with its player', async () => {
  const script = readFileSync(join(root, 'dist', 'runtime', 'picture', 'player.js'), 'utf8');
  const { text, html } = await tab.evaluate(async (player) => {
    page.setPlayerScript(player);
    const { coroutine, gather, run, sleep } = page.cokernel;
    const worker = coroutine(function* worker(seconds: number) {
      yield* sleep(seconds);
    });
    const traced = page.picture.trace(
      coroutine(function* main() {
        yield* gather(worker(1), worker(2));
      })(),
    );
    const trace = await run(traced, { clock: 'virtual' });
    return { text: String(trace), html: trace.html() };
  }, script);
  expect(text).toMatch(/worker/);
  expect(html).toContain('ckPlayer');
});

testInBrowser('the compiler makes of a cell what it makes of it in Node', async () => {
  const source = `import { coroutine, sleep } from 'cokernel';
interface Point { readonly x: number }
const point: Point = { x: 1 };
const twice = coroutine(async (n: number) => { await sleep(0.1); return 2 * n; });
for (let i = 0; i < 3; i++) console.log(i);
await twice(point.x)`;
  const there = await tab.evaluate(async (cell) => {
    await page.startParser(await page.compiled(fetch('/oxc.wasm')));
    return page.createCompiler().compileCell(cell, { name: 'Cell [1]' });
  }, source);
  expect(there).toEqual(JSON.parse(JSON.stringify(await createCompiler().compileCell(source, { name: 'Cell [1]' }))));
});
