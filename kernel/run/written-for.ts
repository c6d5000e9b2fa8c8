// Checks that a notebook was written for this kernel: under its default name or another name it is installed under.

import { join } from 'node:path';
import { searchedFolders } from '../install/folder.ts';
import { readOurs } from '../install/kernelspec.ts';
import { defaultName } from '../install.ts';
import { isFields, type Notebook } from './notebook/notebook.ts';

/** @throws a sentence, without the file's name, if the notebook belongs to another kernel. */
export function kernelFor({ metadata }: Notebook): void {
  const { kernelspec, language_info } = metadata;
  const name = isFields(kernelspec) ? kernelspec.name : undefined;
  const language = isFields(language_info) ? language_info.name : undefined;
  if (name === undefined && (language === undefined || language === 'typescript')) return;
  if (name === defaultName || (typeof name === 'string' && isOurs(name))) return;
  const found = name === undefined ? `the language ${JSON.stringify(language)}` : `the kernel ${JSON.stringify(name)}`;
  throw new Error(
    `was written for ${found}, but the kernel "${defaultName}" was expected. Choose this kernel for it in JupyterLab and save it.`,
  );
}

/** `cokernel install --name N` installs the kernel under the name N. */
function isOurs(name: string): boolean {
  return /^[\w.-]+$/.test(name) && searchedFolders().some((folder) => readOurs(join(folder, name)) !== undefined);
}
