// The text that is compiled, of the text that a person wrote.

/**
 * Makes a text safe to wrap, without changing any offset: a byte order mark becomes a space, a hashbang and Quarto's
 * options (`#| echo: false`) comments, a lone carriage return a newline (V8 counts it as one, source maps do not).
 */
export function normalise(source: string): string {
  let text = source;
  if (text.charCodeAt(0) === 0xfeff) text = ` ${text.slice(1)}`;
  const start = text.charCodeAt(0) === 0x20 ? 1 : 0;
  if (text.startsWith('#!', start)) text = `${text.slice(0, start)}//${text.slice(start + 2)}`;
  // Quarto has no entry for TypeScript in its table of comments, and takes the options of every such language by `#|`.
  text = text.replace(/^(?:\s*#\|[^\r\n]*)+/, (options) => options.replace(/#\|/g, '//'));
  if (text.includes('\r')) text = loneReturnsToNewlines(text);
  return text;
}

function loneReturnsToNewlines(text: string): string {
  const parts = text.split('\r\n').map((part) => part.replaceAll('\r', '\n'));
  return parts.join('\r\n');
}
