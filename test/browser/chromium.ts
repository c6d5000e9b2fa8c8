// The browser of the tests: the machine's own Chromium, headless, without background requests to the network.

import { join } from 'node:path';
import { test } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import type { JupyterHome } from '../jupyter.ts';
import { python } from '../python.ts';
import { browserPath } from './browser-path.ts';

// By Node itself, once for a worker of jest: jest's own way loads it for each file of tests, in a second of the processor.
const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
const { chromium } = require('playwright-core') as typeof import('playwright-core');

/** True if tests can open a notebook in a browser. */
export const browsing = browserPath !== undefined && python !== undefined;

/** What a test goes through once per theme, and nothing but its screenshots depends on it: with --long both, else the light one. */
export const THEMES = process.env.COKERNEL_LONG ? (['light', 'dark'] as const) : (['light'] as const);

/** Like `test`, but skipped if there is no browser, or no Python for the server. */
export function testInBrowser(name: string, body: () => Promise<void>, milliseconds?: number): void {
  (browsing ? test : test.skip)(name, body, milliseconds);
}

/** Like {@link testInBrowser}, but only with --long: what takes long, and has a shorter test beside it. */
export function testLongInBrowser(name: string, body: () => Promise<void>, milliseconds?: number): void {
  (browsing && process.env.COKERNEL_LONG ? test : test.skip)(name, body, milliseconds);
}

// In each window Chromium keeps two pages of its own ready for the suggestions below the address bar. No test sees them,
// and opening a page took twice as long with them (0.45 s of processor time, 0.24 s without).
const SUGGESTIONS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
// Chromium heeds only the last switch of this name, so what Playwright's own switch holds is said again.
const OF_PLAYWRIGHT = [
  ...['AimEnabled', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
];
const WITHOUT = `--disable-features=${[...SUGGESTIONS, ...OF_PLAYWRIGHT].join(',')}`;

/** A browser for pages of its own. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu', WITHOUT] });
}

/** A browser with a profile of its own inside the test's folders. */
export function openBrowser(home: JupyterHome, viewport: { readonly width: number; readonly height: number }) {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launchPersistentContext(join(home.folder, 'browser'), {
    executablePath: browserPath,
    headless: true,
    // Chromium refuses to run its sandbox as root, which is the user in a container.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', WITHOUT, ...quiet],
    env: home.env as Record<string, string>,
    viewport,
    deviceScaleFactor: 1,
    locale: 'en-US',
  }) as Promise<BrowserContext>;
}
