// A small, strict XML parser for SVG: the project has no other, and Chromium is not available everywhere.

/** An element. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const TAG = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;

/** The document's root element. @throws Error if the text is not a well-formed document */
export function parseXml(text: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (let at = 0; at < text.length; ) {
    const top = open.at(-1) as Node;
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    top.text += decoded(text.slice(at, end));
    if (next === -1) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(text);
    if (tag === null) throw new Error(`no tag at ${next}: ${text.slice(next, next + 80)}`);
    const [whole, closes, name = '', attributes = '', empty] = tag;
    at = next + whole.length;
    if (closes === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      decoded(value),
    ]);
    if (new Set(pairs.map(([key]) => key)).size < pairs.length)
      throw new Error(`an attribute stands twice in ${whole}`);
    const node: Node = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    top.children.push(node);
    if (empty !== '/') open.push(node);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('the document does not end where it should');
  return root.children[0] as Node;
}

/** Every element, outer ones first. */
export function all(node: Node): Node[] {
  return [node, ...node.children.flatMap(all)];
}

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`a bare & in ${text.slice(0, 80)}`);
  return text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name as 'amp'] ?? '',
  );
}
