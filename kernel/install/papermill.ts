// Installs papermill's translator for TypeScript, a Python module of ours, beside the papermill of the environment that
// the kernelspec goes into. It is laid out as pip lays out packages, so that pip can list and uninstall it.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../runtime/make-folder.ts';
import { writeReadable } from '../files/file-mode.ts';
import { readOurs } from './kernelspec.ts';
import { packageFolder, packageVersion } from './package.ts';

const module = 'cokernel_papermill.py';
const distribution = /^cokernel_papermill-.*\.dist-info$/;

/**
 * Puts the translator beside each papermill of the environment of this `kernels` folder. Returns what to tell about it.
 */
export function addTranslator(kernels: string): string {
  const source = readFileSync(join(packageFolder(), 'kernel', 'papermill', module), 'utf8');
  const reports = placesOf(kernels).map((place) => {
    try {
      if (isCurrent(place, source)) return '';
      removeFrom(place);
      write(place, source);
      return `\npapermill in ${place} now writes parameters as TypeScript.`;
    } catch (error) {
      return `\nWarning: papermill in ${place} cannot be taught TypeScript: ${(error as Error).message}.`;
    }
  });
  return reports.join('');
}

/** Removes the translator if no kernelspec of ours is left in the folder. */
export function removeTranslator(kernels: string): void {
  const left = existsSync(kernels) ? readdirSync(kernels) : [];
  if (left.some((name) => readOurs(join(kernels, name)) !== undefined)) return;
  for (const place of placesOf(kernels)) {
    try {
      removeFrom(place);
    } catch {
      // No permission: the kernelspec is gone all the same, and the module does no harm.
    }
  }
}

/** Every site-packages folder with a papermill in the environment whose share/jupyter/kernels this is. */
function placesOf(kernels: string): string[] {
  const prefix = dirname(dirname(dirname(kernels)));
  const library = join(prefix, 'lib');
  const versions = existsSync(library) ? readdirSync(library).filter((name) => /^python3\.\d+$/.test(name)) : [];
  const posix = versions.map((name) => join(library, name, 'site-packages'));
  return [...posix, join(prefix, 'Lib', 'site-packages')].filter((place) =>
    existsSync(join(place, 'papermill', 'translators.py')),
  );
}

function isCurrent(place: string, source: string): boolean {
  const information = join(place, `cokernel_papermill-${packageVersion()}.dist-info`, 'RECORD');
  return (
    existsSync(information) && existsSync(join(place, module)) && readFileSync(join(place, module), 'utf8') === source
  );
}

/** https://packaging.python.org/en/latest/specifications/recording-installed-packages/ */
function write(place: string, source: string): void {
  const folder = `cokernel_papermill-${packageVersion()}.dist-info`;
  const files = new Map([
    [module, source],
    [
      `${folder}/METADATA`,
      `Metadata-Version: 2.1\nName: cokernel-papermill\nVersion: ${packageVersion()}\nSummary: papermill's parameters as TypeScript\n`,
    ],
    [`${folder}/INSTALLER`, 'cokernel\n'],
    [`${folder}/entry_points.txt`, '[papermill.engine]\ncokernel = cokernel_papermill:Engine\n'],
  ]);
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  const record = [...files].map(([name, text]) => `${name},sha256=${hash(text)},${Buffer.byteLength(text)}\n`);
  makeFolder(join(place, folder), 0o755);
  for (const [name, text] of files) writeReadable(join(place, name), text);
  writeReadable(join(place, folder, 'RECORD'), `${record.join('')}${folder}/RECORD,,\n`);
}

function removeFrom(place: string): void {
  for (const name of readdirSync(place)) if (distribution.test(name)) rmSync(join(place, name), { recursive: true });
  rmSync(join(place, module), { force: true });
}
