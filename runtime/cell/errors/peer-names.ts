// Names that other JavaScript kernels give their cells, and what stands for each here: ijavascript's `$$`, ITypescript's
// `$TS`. How an undefined name is reported is in remedy.ts.

const HERE: Readonly<Record<string, string>> = {
  html: 'html`<b>…</b>`',
  svg: 'svg`<svg>…</svg>`',
  png: "image(Buffer.from(data, 'base64'))",
  jpeg: "image(Buffer.from(data, 'base64'))",
  jpg: "image(Buffer.from(data, 'base64'))",
  pngFile: "image('./picture.png')",
  jpgFile: "image('./picture.jpg')",
  put: "display({ 'text/html': … }, { raw: true })",
  mime: "display({ 'text/html': … }, { raw: true })",
  mimer: "a method [Symbol.for('Jupyter.display')]() of the value, which returns its MIME bundle",
  async: 'nothing: a cell awaits what its last expression awaits',
  done: 'nothing: a cell is done when its last await is',
  sendResult: 'the value, as the last expression of the cell',
  sendError: 'throw error',
  retrieve: 'the awaited value, as the last expression of the cell',
  display: "display(value, { displayId: 'id' }), then update('id', value)",
  input: "await input('Name? ')",
  clear: 'clearOutput()',
  log: 'console.log(…)',
  warn: 'console.warn(…)',
  error: 'console.error(…)',
  print: 'console.log(…)',
};

/** What to write for `$$.html(…)`, `$TS.html(…)` or `$$html$$ = …`; undefined for a name that no other kernel has. */
export function peerName(name: string, line: string): string | undefined {
  const member = /^\$\$(\w+)\$\$$/.exec(name)?.[1];
  if (member !== undefined) return told(name, 'ijavascript', member);
  if (name !== '$$' && name !== '$TS') return undefined;
  const at = line.indexOf(`${name}.`);
  const used = at < 0 ? '' : (/^\w+/.exec(line.slice(at + name.length + 1))?.[0] ?? '');
  return told(used === '' ? name : `${name}.${used}`, name === '$$' ? 'ijavascript' : 'ITypescript', used);
}

function told(name: string, kernel: string, member: string): string {
  const here = Object.hasOwn(HERE, member) ? HERE[member] : 'run `jupyter` for a list of what a notebook can do';
  return `${name} is a name of the kernel ${kernel}. Here: ${here}`;
}
