// Reads a notebook from a path: .ipynb, Markdown, or a .ts file in percent format.
// Whatever is wrong with a file is said in one sentence that begins with its name.

import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Notebook } from './notebook/notebook.ts';
import { readNotebook } from './notebook/read.ts';
import { isPattern } from './patterns.ts';
import { reason } from './save.ts';
import { readMarkdown } from './text/markdown.ts';
import { readPercent } from './text/percent.ts';
import type { TextNotebook } from './text/text-notebook.ts';
import { kernelFor } from './written-for.ts';

/** A notebook and where it came from. */
export interface Source {
  /** The path as it was given on the command line. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly directory: string;
  readonly notebook: Notebook;
  /** The text of the file, unchanged. */
  readonly text: string;
  /** True for .ipynb, which holds outputs. */
  readonly holdsOutputs: boolean;
  /** For text formats, the line of the file (from 1) on which each cell's source begins. */
  readonly lines?: readonly number[];
}

const readers: Readonly<Record<string, (text: string) => TextNotebook>> = {
  '.md': readMarkdown,
  '.markdown': readMarkdown,
  '.qmd': readMarkdown,
  '.ts': readPercent,
  '.tsx': readPercent,
};

/** Reads and checks one file. @throws a sentence that begins with the file's name. */
export function openSource(name: string): Source {
  try {
    const path = resolve(name);
    const extension = extname(path).toLowerCase();
    const text = readText(path);
    const known = extension === '.ipynb' || Object.hasOwn(readers, extension);
    if (!known) throw new Error('is not a notebook: its name should end in .ipynb, .md, .qmd or .ts.');
    const { notebook, lines } =
      extension === '.ipynb'
        ? { notebook: readNotebook(text), lines: undefined }
        : (readers[extension] as (typeof readers)[string])(text);
    kernelFor(notebook);
    return { name, path, directory: dirname(path), notebook, text, holdsOutputs: extension === '.ipynb', lines };
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`);
  }
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    if (statSync(path).isDirectory())
      throw new Error('is a folder, but a notebook was expected. Name the files in it, for example FOLDER/*.ipynb.');
    bytes = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Error(
        isPattern(path)
          ? 'matches no file. Patterns are relative to the current folder.'
          : 'does not exist. Check its name and the current folder.',
      );
    throw code === undefined ? new Error(message) : new Error(`cannot be read: ${reason(error)}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('is not UTF-8 text, as a notebook has to be. Save it in UTF-8.');
  }
}

/** The path of a file made from this one: `a.ipynb` or `a.html` for `a.md`, in that folder. */
export function derived({ path }: Source, folder: string, extension: string): string {
  return join(folder, `${basename(path, extname(path))}${extension}`);
}
