// One JupyterLab with a home of its own, and one browser that shows it, for a file of tests. Nothing is left
// afterwards.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { emptyHome, type JupyterHome, type JupyterServer, jupyterHome, startServer, writeSetting } from '../jupyter.ts';
import { openBrowser } from './chromium.ts';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The folder in which the tests leave their screenshots. */
export const pictures = join(root, 'build', 'screenshots');

export interface Lab {
  readonly home: JupyterHome;
  /** The folder that JupyterLab shows. */
  readonly notebooks: string;
  readonly server: JupyterServer;
  readonly browser: BrowserContext;
  readonly page: Page;
  /** Ends everything; fails if a process is left. */
  close(): Promise<void>;
}

/**
 * Starts both; `size` is that of the window, in pixels. If one fails to start, the other is ended. `python` runs another
 * JupyterLab, in whose environment the kernel is installed. Kernels look for type errors only with `types`.
 */
export async function openLab(
  size: { readonly width: number; readonly height: number },
  { python, types = false }: { readonly python?: string; readonly types?: boolean } = {},
): Promise<Lab> {
  await using started = new AsyncDisposableStack();
  const home = python === undefined ? await jupyterHome() : emptyHome();
  if (!types) home.env.COKERNEL_DIAGNOSTICS = 'off';
  started.defer(() => {
    const left = home.running();
    home.remove();
    expect(left).toEqual([]);
  });
  const notebooks = join(home.folder, 'notebooks');
  for (const folder of [notebooks, pictures]) mkdirSync(folder, { recursive: true });
  // Otherwise JupyterLab leaves cells that are out of sight out of the page.
  writeSetting(home, 'notebook-extension/tracker', { windowingMode: 'none' });
  const server = await startServer(home, notebooks, python);
  started.defer(() => server.stop());
  const browser = await openBrowser(home, size);
  started.defer(() => browser.close());
  const page = browser.pages()[0] ?? (await browser.newPage());
  const kept = started.move();
  return { home, notebooks, server, browser, page, close: () => kept.disposeAsync() };
}
