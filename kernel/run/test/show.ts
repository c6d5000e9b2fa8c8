// Outputs as lines for a diff: a heading for each, then its text; binary data is shown by size and hash.

import { createHash } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import type { Output } from '../notebook/notebook.ts';

/** The lines that show one output. */
export function show(output: Output): string[] {
  switch (output.output_type) {
    case 'stream':
      return [`[${output.name}]`, ...streamLines(output.text)];
    case 'error':
      return ['[error]', ...linesOf(`${output.ename}: ${output.evalue}`)];
    default: {
      const heading = output.output_type === 'execute_result' ? 'result' : 'display';
      const types = Object.entries(output.data);
      return types.flatMap(([type, value]) => [`[${heading} ${type}]`, ...valueLines(type, value)]);
    }
  }
}

function valueLines(type: string, value: unknown): string[] {
  if (typeof value !== 'string') return linesOf(JSON.stringify(value, null, 1));
  return isBinary(type) ? [summary(value)] : linesOf(value);
}

function isBinary(type: string): boolean {
  return /^(image|audio|video)\//.test(type) ? type !== 'image/svg+xml' : type === 'application/pdf';
}

function summary(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  return `(${bytes.byteLength} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)})`;
}

/** Says so if the last line of a stream lacks its line end, because that counts as a difference. */
function streamLines(text: string): string[] {
  const lines = linesOf(text);
  return lines.at(-1) === '' ? lines.slice(0, -1) : [...lines, '(no end of line here)'];
}

function linesOf(text: string): string[] {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.replaceAll('\r', '␍'));
}
