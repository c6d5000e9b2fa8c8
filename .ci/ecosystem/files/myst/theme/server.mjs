// A theme for MyST with nothing but what a page's cells put out: the themes of MyST come from the network. MyST starts it,
// waits for the address that it prints, and asks it for each page; the pages' contents are at MyST's own port.

import { createServer } from 'node:http';

const { CONTENT_CDN_PORT, HOST, PORT } = process.env;
const content = `http://${HOST}:${CONTENT_CDN_PORT}`;

createServer(async ({ url }, response) => {
  const [, name] = url.split('/');
  const { projects } = await (await fetch(`${content}/config.json`)).json();
  const page = name || projects[0].index;
  const found = await fetch(`${content}/content/${page.replace(/\.json$/, '')}.json`);
  if (!found.ok) return response.end();
  const text = await found.text();
  if (page.endsWith('.json')) return response.end(text);
  response.end(`<!doctype html>\n${outputsIn(JSON.parse(text)).map(shown).join('\n')}\n`);
}).listen(Number(PORT), HOST, () => console.log(`http://${HOST}:${PORT}`));

/** The outputs of the cells, as nbformat has them. */
function outputsIn(node) {
  if (node === null || typeof node !== 'object') return [];
  if (node.type === 'output' && node.jupyter_data) return [node.jupyter_data];
  return Object.values(node).flatMap(outputsIn);
}

function shown({ data, text }) {
  return data?.['text/html']?.content ?? `<pre>${text ?? data['text/plain'].content}</pre>`;
}
