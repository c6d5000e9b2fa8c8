// Reads a notebook from the text of an .ipynb file, as nbformat does: JSON, version, schema, then joins multi-line
// texts.

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
  for (const output of outputsIn(value)) tidy(output);
  const found = breach(value, minor);
  if (found) throw new Error(`is not a valid notebook: ${found}. Open it in JupyterLab and save it again.`);
  // Parsed again, because the schema cannot check numbers that are kept as they were written.
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
      `is not JSON, as a notebook has to be: ${(error as Error).message.replace(/\s+/g, ' ')}. Restore it from a copy.`,
    );
  }
  if (!isFields(value)) throw new Error('holds JSON, but not a notebook: an object with cells was expected.');
  return value;
}

/** Returns the minor version. */
function checkVersion({ nbformat, nbformat_minor }: Fields): number {
  if (nbformat === undefined) throw new Error('holds JSON, but not a notebook: nbformat, its version, is missing.');
  const found = `${JSON.stringify(nbformat)}.${JSON.stringify(nbformat_minor ?? 0)}`;
  if (nbformat !== 4) {
    throw new Error(
      `has nbformat ${found}, but only 4.0 to 4.5 can be run. Convert it with: jupyter nbconvert --to notebook`,
    );
  }
  const minor = typeof nbformat_minor === 'number' ? nbformat_minor : 0;
  if (minor > 5)
    throw new Error(`has nbformat ${found}, newer than 4.5, the newest that is supported. Update cokernel.`);
  return minor;
}

/** Adds missing ids, as front ends do, so that a notebook without them is not refused by the schema. */
function giveIds({ cells }: Fields): void {
  if (!Array.isArray(cells)) return;
  for (const cell of cells) if (isFields(cell) && cell.id === undefined) cell.id = uuid().slice(0, 8);
}

/** What nbformat allows in an output of each type, beside the type. */
const OUTPUT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  stream: ['name', 'text'],
  error: ['ename', 'evalue', 'traceback'],
  display_data: ['data', 'metadata'],
  execute_result: ['data', 'metadata', 'execution_count'],
};

function outputsIn({ cells }: Fields): Fields[] {
  const all = Array.isArray(cells) ? cells.filter(isFields) : [];
  return all.flatMap(({ outputs }) => (Array.isArray(outputs) ? outputs.filter(isFields) : []));
}

/**
 * Removes what other programs store in an output although nbformat does not allow it, such as an error's
 * execution_count, and adds the metadata that they leave out: the notebook is as good, and the run replaces it anyway.
 */
function tidy(output: Fields): void {
  const fields = OUTPUT_FIELDS[String(output.output_type)];
  if (fields === undefined) return;
  for (const name of Object.keys(output)) if (name !== 'output_type' && !fields.includes(name)) delete output[name];
  if (fields.includes('metadata')) output.metadata ??= {};
}

/**
 * True if the text may contain numbers that JavaScript writes otherwise: Python's 1.0 and 1e-07 are 1 and 1e-7 there.
 */
function hasOddNumbers(text: string): boolean {
  return /[:[,]\s*-?(?:\d+\.\d*0|\d{16,}|[\d.]+[eE])/.test(text);
}

/** Keeps numbers that JavaScript would write otherwise as they were written, so that unchanged parts give no diff. */
function keepNumbers(text: string, parsed: Fields): unknown {
  const raw = (_key: string, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined || JSON.stringify(value) === source) return value;
    return rawJSON(source);
  };
  const kept = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text, raw) as Fields;
  for (const output of outputsIn(kept)) tidy(output);
  // Ids that were just added are not in the text.
  const cells = kept.cells as Fields[];
  for (const [index, cell] of (parsed.cells as Fields[]).entries()) {
    if (cell.id !== undefined) Object.assign(cells[index] as Fields, { id: cell.id });
    if (cell.execution_count !== undefined)
      Object.assign(cells[index] as Fields, { execution_count: cell.execution_count });
  }
  return { ...kept, nbformat: parsed.nbformat, nbformat_minor: parsed.nbformat_minor };
}

/** https://tc39.es/proposal-json-parse-with-source: in Node since 21, but not in TypeScript's library yet. */
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

/** Drops what nbformat drops whenever it reads or writes. */
function dropTransient(notebook: Notebook): void {
  for (const name of ['orig_nbformat', 'orig_nbformat_minor', 'signature']) delete notebook.metadata[name];
  for (const cell of notebook.cells) delete cell.metadata.trusted;
}
