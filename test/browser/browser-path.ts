// Where the machine has its Chromium: for the tests, and for the benchmark, which runs without jest.

import { existsSync } from 'node:fs';

const PLACES = [
  process.env.COKERNEL_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of the browser: COKERNEL_CHROMIUM, or a usual place; undefined if there is none. */
export const browserPath: string | undefined = PLACES.find((path) => path !== undefined && existsSync(path));
