// A notebook in memory: nbformat 4, with multi-line texts joined. It is read in read.ts and written in write.ts.

/** A JSON object; unknown fields are kept. */
export type Fields = Record<string, unknown>;

export interface Notebook extends Fields {
  cells: Cell[];
  metadata: Fields;
  nbformat: 4;
  nbformat_minor: number;
}

export type Cell = CodeCell | TextCell;

export interface CodeCell extends Fields {
  cell_type: 'code';
  id?: string;
  metadata: Fields;
  source: string;
  outputs: Output[];
  execution_count: number | null;
}

export interface TextCell extends Fields {
  cell_type: 'markdown' | 'raw';
  id?: string;
  metadata: Fields;
  source: string;
}

export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface StreamOutput extends Fields {
  output_type: 'stream';
  name: string;
  text: string;
}

export interface DisplayOutput extends Fields {
  output_type: 'display_data';
  data: Fields;
  metadata: Fields;
}

export interface ResultOutput extends Fields {
  output_type: 'execute_result';
  execution_count: number | null;
  data: Fields;
  metadata: Fields;
}

export interface ErrorOutput extends Fields {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A cell's tags; none if its metadata has something else under that name. */
export function tagsOf(cell: Cell): readonly string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** True for code cells. */
export function isCode(cell: Cell): cell is CodeCell {
  return cell.cell_type === 'code';
}

/** True for JSON objects only. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
