// Translates the server's numbers for kinds of completions into the words that Jupyter's front ends show.

const words: Readonly<Record<number, string>> = {
  1: 'text',
  2: 'method',
  3: 'function',
  4: 'constructor',
  5: 'property',
  6: 'variable',
  7: 'class',
  8: 'interface',
  9: 'module',
  10: 'property',
  11: 'unit',
  12: 'value',
  13: 'enum',
  14: 'keyword',
  15: 'snippet',
  16: 'color',
  17: 'file',
  18: 'reference',
  19: 'folder',
  20: 'enumMember',
  21: 'constant',
  22: 'struct',
  23: 'event',
  24: 'operator',
  25: 'typeParameter',
};

/** The word for a kind; `text` where the kind is absent or unknown. */
export function kindWord(kind: number | undefined): string {
  return words[kind ?? 0] ?? 'text';
}
