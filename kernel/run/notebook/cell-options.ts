// Quarto's options of a code cell: lines `//| echo: false` or `#| echo: false` at its head. They are comments, so they stay
// in the source. https://quarto.org/docs/computations/execution-options.html

import type { Fields } from './notebook.ts';

/** The options at the head of a cell's source, by name; a value is a list, true, false, or text. */
export function cellOptions(source: string): Fields {
  const options: Fields = {};
  for (const line of source.split(/\r?\n/)) {
    const [, name, value = ''] = /^\s*(?:\/\/|#)\|\s*([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) break;
    options[name] = optionValue(value);
  }
  return options;
}

/** The source without those lines. */
export function withoutOptions(source: string): string {
  return source.replace(/^(?:[ \t]*(?:\/\/|#)\|[^\n]*(?:\n|$))+/, '');
}

function optionValue(text: string): unknown {
  if (/^\[.*\]$/.test(text))
    return text
      .slice(1, -1)
      .split(',')
      .map((item) => unquoted(item.trim()));
  if (text === 'true' || text === 'false') return text === 'true';
  return unquoted(text);
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}
