// A site of live pages in a folder of its own, served as a plain static host serves it, and what a test does on its pages.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { writeLive } from '../../kernel/run/page/live-site.ts';
import { pageOf } from '../../kernel/run/page/page.ts';
import { type Host, serveFolder } from './static-host.ts';

/** A site, and the server that offers it. */
export interface Site extends Host {
  readonly folder: string;
  /** Adds the page of a notebook; `path` is where that lies. */
  add(name: string, notebook: string, path: string): Promise<void>;
}

/** The path of the site on its host: hosts have several, and the names of its own folders are like this one. */
const PATH = 'live-2026';

/** Makes an empty site in a folder, which is emptied; the origin is that of its pages. */
export async function openSite(base: string): Promise<Site> {
  rmSync(base, { recursive: true, force: true });
  const folder = join(base, PATH);
  mkdirSync(folder, { recursive: true });
  const host = await serveFolder(base);
  return {
    ...host,
    origin: `${host.origin}/${PATH}`,
    folder,
    async add(name, text, path) {
      const notebook = readNotebook(text);
      const say = (sentence: string) => {
        throw new Error(sentence);
      };
      const page = await writeLive(folder, { notebook, path, name: basename(path), say });
      writeFileSync(join(folder, name), pageOf(notebook, name, page));
    },
  };
}

/** A notebook of code cells, as JSON; `raising` are those that are tagged as ones that fail. */
export function notebookOf(sources: readonly string[], raising: readonly number[] = []): string {
  const cells = sources.map((source, at) => ({
    ...{ cell_type: 'code', id: `c${at}`, source, outputs: [], execution_count: null },
    metadata: { tags: raising.includes(at) ? ['raises-exception'] : [] },
  }));
  return JSON.stringify({ cells, metadata: { title: 'Cells' }, nbformat: 4, nbformat_minor: 5 });
}

/** What a reader does on a live page. Cells count from 0. */
export class LivePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens it, and waits until its script has made it live. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator('body.live').waitFor();
  }

  cell(at: number) {
    return this.page.locator('section.cell').nth(at);
  }

  press(at: number, name: string): Promise<void> {
    return this.cell(at).getByRole('button', { name, exact: true }).click();
  }

  /** Runs a cell and waits for its end. */
  async run(at: number): Promise<string> {
    await this.press(at, 'Run');
    return this.ended(at);
  }

  /** What a cell shows once it has ended. */
  async ended(at: number): Promise<string> {
    await this.cell(at).getByRole('button', { name: 'Run', exact: true }).waitFor();
    return this.shown(at);
  }

  /** What a cell shows now, without empty lines. */
  async shown(at: number): Promise<string> {
    return (await this.cell(at).locator('.outputs').innerText()).trim().replaceAll(/\n\n+/g, '\n');
  }

  /** Replaces the code of a cell. */
  async write(at: number, source: string): Promise<void> {
    const code = this.cell(at).locator('.input > pre');
    if ((await code.count()) > 0) await code.press('Enter');
    const editor = this.cell(at).locator('.cm-content');
    await editor.waitFor();
    await editor.fill(source);
  }
}
