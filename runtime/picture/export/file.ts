// Writes a trace to a file. The extension of its name decides the form.

import { extname } from '#host/paths';
import { saveFile } from '#host/save-file';

/** What a trace must offer to be written in each form. */
export interface Exportable extends Drawable {
  perfetto(): object;
  csv(): string;
  toString(): string;
}

type Forms<Picture> = Readonly<Record<string, (picture: Picture) => string | Uint8Array>>;

/** What any picture must offer. */
export interface Drawable {
  svg(): string;
  png(): Uint8Array;
  html(): string;
}

const DRAWN: Forms<Drawable> = {
  '.svg': (picture) => picture.svg(),
  '.png': (picture) => picture.png(),
  '.html': (picture) => `<!doctype html><meta charset="utf-8"><title>A trace</title><body>${picture.html()}</body>\n`,
};

const FORMS: Forms<Exportable> = {
  ...DRAWN,
  '.json': (trace) => JSON.stringify(trace.perfetto()),
  '.csv': (trace) => trace.csv(),
  '.txt': (trace) => `${trace}\n`,
};

/** Called before anything runs. @throws TypeError if no form of a trace has this extension */
export function checkEnding(path: string): void {
  formOf(FORMS, path, ' (.json opens in ui.perfetto.dev)');
}

/** Writes the file. @throws TypeError if no form has its extension */
export function writeTrace(trace: Exportable, path: string): void {
  saveFile(path, formOf(FORMS, path, ' (.json opens in ui.perfetto.dev)')(trace));
}

/** Writes the file of a replay. @throws TypeError if no form has its extension */
export function writeReplay(replay: Drawable, path: string): void {
  saveFile(path, formOf(DRAWN, path)(replay));
}

function formOf<Picture>(forms: Forms<Picture>, path: string, hint = ''): Forms<Picture>[string] {
  const form = forms[extname(path).toLowerCase()];
  if (form !== undefined) return form;
  throw new TypeError(`a file name ending in ${Object.keys(forms).join(', ')} was expected, got '${path}'${hint}`);
}
