// A notebook in JupyterLab's page, operated as a person does it: by menus, buttons and keys.

import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { Lab } from './lab.ts';

interface Cell {
  readonly cell_type: string;
  readonly outputs?: readonly Output[];
}
interface Output {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly data?: { readonly 'text/plain'?: string | readonly string[] };
}

/** Writes a notebook of code cells for our kernel. */
export function writeNotebook(path: string, sources: readonly string[]): void {
  const cells = sources.map((source, index) => {
    const code = { cell_type: 'code', id: `cell-${index}`, execution_count: null, metadata: {}, outputs: [] };
    return { ...code, source };
  });
  const kernelspec = { name: 'cokernel', display_name: 'TypeScript (cokernel)', language: 'typescript' };
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
}

/** Copies a notebook without its outputs, and returns the text that each code cell showed. */
export function copyWithoutOutputs(from: string, to: string): string[] {
  const notebook = JSON.parse(readFileSync(from, 'utf8')) as { cells: Cell[] };
  const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
  const shown = code.map(({ outputs = [] }) => outputs.map(textOf).join(''));
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  writeFileSync(to, JSON.stringify({ ...notebook, cells }));
  return shown;
}

function textOf({ text, data }: Output): string {
  return [text ?? data?.['text/plain'] ?? ''].flat().join('');
}

/** One open notebook. */
export interface NotebookPage {
  readonly page: Page;
  /** The code cells, in order. */
  readonly cells: Locator;
  /** The output of a code cell. */
  output(index: number): Locator;
  /** What a code cell shows. */
  text(index: number): Promise<string>;
  /** What each code cell shows. */
  texts(): Promise<string[]>;
  /** Chooses an item from the menu bar. */
  menu(menu: string, item: string): Promise<void>;
  /** Hides the list of files, if it is there. */
  hideFiles(): Promise<void>;
  /** Presses a button of the notebook's toolbar; its name is JupyterLab's: run, interrupt, restart. */
  press(button: string): Promise<void>;
  /** Selects a code cell and runs it; does not wait for its end. */
  run(index: number): Promise<void>;
  /** Resolves when a code cell has its number, which comes with the kernel's reply. */
  done(index: number, milliseconds?: number): Promise<void>;
  /** Resolves when the kernel says that it is idle. */
  ready(): Promise<void>;
}

/** Of several open notebooks, the one that is in front. */
const PANEL = '.jp-NotebookPanel:not(.lm-mod-hidden)';

/** Opens a notebook in the page of a JupyterLab, which is loaded anew, and waits for its kernel. */
export async function openNotebook(
  { page, server }: Pick<Lab, 'page' | 'server'>,
  path: string,
): Promise<NotebookPage> {
  const notebook = notebookOn(page);
  await page.goto(`${server.origin}/lab/tree/${path}?token=${server.token}&reset`);
  await notebook.ready();
  return notebook;
}

/** The notebook that is in front in a page of JupyterLab. */
export function notebookOn(page: Page): NotebookPage {
  const cells = page.locator(`${PANEL} .jp-Notebook .jp-CodeCell`);
  const output = (index: number) => cells.nth(index).locator('.jp-OutputArea').first();
  const text = async (index: number) => {
    const parts = await cells.nth(index).locator('.jp-OutputArea-output').allInnerTexts();
    return parts.join('\n').replaceAll('\u00a0', ' ');
  };
  return {
    page,
    cells,
    output,
    text,
    async texts() {
      return Promise.all((await cells.all()).map((_, index) => text(index)));
    },
    async menu(menu, item) {
      await page.locator('.lm-MenuBar-itemLabel', { hasText: new RegExp(`^${menu}$`) }).click();
      await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
    },
    async hideFiles() {
      if (await page.locator('#jp-left-stack').isVisible()) await page.keyboard.press('Control+b');
    },
    press: (button) =>
      page.locator(`${PANEL} .jp-NotebookPanel-toolbar [data-jp-item-name="${button}"] jp-button`).click(),
    async run(index) {
      await cells.nth(index).locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
    },
    async done(index, milliseconds = 20_000) {
      const numbered = cells.nth(index).locator('.jp-InputArea-prompt', { hasText: /\[\d+\]/ });
      await numbered.waitFor({ timeout: milliseconds });
    },
    async ready() {
      // Before there is a kernel, the circle beside its name already says idle; the status bar does not.
      await page.getByText('TypeScript (cokernel) | Idle').waitFor();
    },
  };
}
