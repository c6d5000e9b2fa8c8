// Checks that a notebook was written for this kernel, or for another of TypeScript or JavaScript.

import { join } from 'node:path';
import { searchedFolders } from '../install/folder.ts';
import { readOurs } from '../install/kernelspec.ts';
import { defaultName } from '../install.ts';
import { isFields, type Notebook } from './notebook/notebook.ts';

/** @throws a sentence, without the file's name, if the notebook belongs to another kernel. */
export function kernelFor(notebook: Notebook): void {
  const { kernelspec } = notebook.metadata;
  const name = isFields(kernelspec) ? kernelspec.name : undefined;
  const language = languageOf(notebook);
  if (language === undefined ? name === undefined : OURS.has(language)) return;
  if (name === defaultName || (typeof name === 'string' && isOurs(name))) return;
  const found = name === undefined ? `the language ${JSON.stringify(language)}` : `the kernel ${JSON.stringify(name)}`;
  throw new Error(
    `was written for ${found}, but the kernel "${defaultName}" was expected. Choose this kernel for it in JupyterLab and save it.`,
  );
}

const OURS = new Set(['typescript', 'javascript']);

/** The language that a notebook says it is in, in lower case. */
export function languageOf({ metadata: { kernelspec, language_info } }: Notebook): string | undefined {
  const named = isFields(language_info) ? language_info.name : undefined;
  const language = named ?? (isFields(kernelspec) ? kernelspec.language : undefined);
  return typeof language === 'string' ? language.toLowerCase() : undefined;
}

/** `cokernel install --name N` installs the kernel under the name N. */
function isOurs(name: string): boolean {
  return /^[\w.-]+$/.test(name) && searchedFolders().some((folder) => readOurs(join(folder, name)) !== undefined);
}
