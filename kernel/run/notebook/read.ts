// From an .ipynb file's text to a notebook: JSON, version, schema, then multi-line texts joined, as nbformat reads.

import { v4 as uuid } from 'uuid';
import { type Cell, type Fields, isCode, isFields, type Notebook } from './notebook.ts';
import { breach } from './schema.ts';

/**
 * Reads an .ipynb file's text.
 * @throws a sentence without the file's name: what was expected, what was found, and the remedy.
 */
export function readNotebook(text: string): Notebook {
  const value = parse(text);
  const minor = checkVersion(value);
  if (minor >= 5) giveIds(value);
  const found = breach(value, minor);
  if (found) throw new Error(`is not a valid notebook: ${found}. Open it in JupyterLab and save it again.`);
  // Once more, for the schema cannot judge numbers that are kept as they were written.
  const notebook = (hasOddNumbers(text) ? keepNumbers(text, value) : value) as Notebook;
  for (const cell of notebook.cells) joinLines(cell);
  dropTransient(notebook);
  return notebook;
}

function parse(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    throw new Error(
      `is not JSON, and a notebook is: ${(error as Error).message.replace(/\s+/g, ' ')}. Restore it from a copy.`,
    );
  }
  if (!isFields(value)) throw new Error('holds JSON, but no notebook: an object with cells was expected.');
  return value;
}

/** Returns the minor version. */
function checkVersion({ nbformat, nbformat_minor }: Fields): number {
  if (nbformat === undefined) throw new Error('holds JSON, but no notebook: it lacks nbformat, the version.');
  const found = `${JSON.stringify(nbformat)}.${JSON.stringify(nbformat_minor ?? 0)}`;
  if (nbformat !== 4) {
    throw new Error(
      `is of nbformat ${found}, and 4.0 to 4.5 can be run. Convert it with: jupyter nbconvert --to notebook`,
    );
  }
  const minor = typeof nbformat_minor === 'number' ? nbformat_minor : 0;
  if (minor > 5)
    throw new Error(`is of nbformat ${found}, newer than 4.5, the last that is known here. Update cokernel.`);
  return minor;
}

/** Front ends give ids when they open a notebook that lacks them; so the schema's demand is no reason to refuse one. */
function giveIds({ cells }: Fields): void {
  if (!Array.isArray(cells)) return;
  for (const cell of cells) if (isFields(cell) && cell.id === undefined) cell.id = uuid().slice(0, 8);
}

/** Python writes 1.0 and 1e-07 where JavaScript would write 1 and 1e-7. */
function hasOddNumbers(text: string): boolean {
  return /[:[,]\s*-?(?:\d+\.\d*0|\d{16,}|[\d.]+[eE])/.test(text);
}

/** Numbers that JavaScript would write otherwise stay as they were written: a notebook that is not touched has no diff. */
function keepNumbers(text: string, parsed: Fields): unknown {
  const raw = (_key: string, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined || JSON.stringify(value) === source) return value;
    return rawJSON(source);
  };
  const kept = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text, raw) as Fields;
  // Ids that were just given are not in the text.
  const cells = kept.cells as Fields[];
  for (const [index, cell] of (parsed.cells as Fields[]).entries()) {
    if (cell.id !== undefined) Object.assign(cells[index] as Fields, { id: cell.id });
    if (cell.execution_count !== undefined)
      Object.assign(cells[index] as Fields, { execution_count: cell.execution_count });
  }
  return { ...kept, nbformat: parsed.nbformat, nbformat_minor: parsed.nbformat_minor };
}

/** https://tc39.es/proposal-json-parse-with-source: in Node since 21, not in TypeScript's library yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

function joinLines(cell: Cell): void {
  cell.source = joined(cell.source) as string;
  for (const bundle of attachments(cell)) joinBundle(bundle);
  if (!isCode(cell)) return;
  for (const output of cell.outputs) {
    if (output.output_type === 'stream') output.text = joined(output.text) as string;
    else if (output.output_type !== 'error') joinBundle(output.data);
  }
}

/** The MIME bundles attached to a cell. */
export function attachments(cell: Cell): Fields[] {
  return Object.values(isFields(cell.attachments) ? cell.attachments : {}).filter(isFields);
}

function joinBundle(bundle: Fields): void {
  for (const [mime, value] of Object.entries(bundle)) if (!isJsonMime(mime)) bundle[mime] = joined(value);
}

function isJsonMime(mime: string): boolean {
  return mime === 'application/json' || (mime.startsWith('application/') && mime.endsWith('+json'));
}

function joined(value: unknown): unknown {
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : value;
}

/** What nbformat drops whenever it reads or writes. */
function dropTransient(notebook: Notebook): void {
  for (const name of ['orig_nbformat', 'orig_nbformat_minor', 'signature']) delete notebook.metadata[name];
  for (const cell of notebook.cells) delete cell.metadata.trusted;
}
