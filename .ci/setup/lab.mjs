// JupyterLab's defaults in the local .venv. What a person set in JupyterLab comes before them, and stays where it is.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at } from './places.mjs';

const folder = at('.venv', 'share', 'jupyter', 'lab', 'settings');
const file = `${folder}/overrides.json`;

// The first thing that a newcomer would see is a question about news; and .ci/requirements-lab.txt says which version.
// And the contents page of the lessons is to be read, not edited.
const ours = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  '@jupyterlab/docmanager-extension:plugin': { defaultViewers: { markdown: 'Markdown Preview' } },
};

/** Writes what is not there yet; whatever else stands there is kept. */
export function labDefaults() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  const wanted = { ...JSON.parse(text), ...ours };
  const json = `${JSON.stringify(wanted, null, 2)}\n`;
  if (json === text) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, json);
}
