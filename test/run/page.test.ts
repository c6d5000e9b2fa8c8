// The page of a notebook: how each kind of cell and output is shown, and that nothing breaks out of it.

import { expect, test } from '@jest/globals';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { readNotebook } from '../../kernel/run/notebook/read.ts';
import { ansiToHtml } from '../../kernel/run/page/ansi.ts';
import { codeToHtml } from '../../kernel/run/page/code.ts';
import type { LivePage } from '../../kernel/run/page/live.ts';
import { pageOf } from '../../kernel/run/page/page.ts';
import { STATES, VIEW } from '../../kernel/run/widget-states.ts';
import { bench, type CellSketch, result, sketch, stdout } from './notebook.ts';

const LIVE: LivePage = { folder: 'live-1/', modules: {}, notebook: 'a.ipynb', serviceWorker: 'sw.js' };
const page = (cells: readonly (string | CellSketch)[], live = false, metadata: object = {}) =>
  pageOf(readNotebook(JSON.stringify(sketch(cells, metadata))), 'a.ipynb', live ? LIVE : undefined);
/** The text of a page as a browser reads it. */
const parsedText = (html: string): string => {
  const texts: string[] = [];
  const read = (node: DefaultTreeAdapterTypes.ParentNode) => {
    for (const child of node.childNodes) {
      if (child.nodeName === '#text') texts.push((child as DefaultTreeAdapterTypes.TextNode).value);
      else if ('childNodes' in child && !['style', 'script'].includes(child.nodeName)) read(child);
    }
  };
  read(parse(html));
  return texts.join('');
};
const display = (data: object, metadata = {}) => ({ output_type: 'display_data', data, metadata });

test('the title is the first heading, else the name of the file', () => {
  expect(page([{ kind: 'markdown', source: 'text\n# A *<b>* & c' }])).toContain('<title>A &amp; c</title>');
  expect(page(['1'])).toContain('<title>a.ipynb</title>');
});

test('the richest type of each display is shown, with text escaped and images inside the page', () => {
  const outputs = [
    stdout('<script>\u001b[31mred\u001b[0m'),
    result("'<i>'"),
    display({ 'text/plain': 'no', 'text/html': '<b>yes</b>' }),
    display({ 'text/plain': 'no', 'image/png': 'iVBO\nRw0=' }, { 'image/png': { width: 20 } }),
    display({ 'text/plain': 'no', 'image/svg+xml': '<?xml version="1.0"?>\n<svg id="s"/>' }),
    display({ 'text/markdown': '*soft*' }),
    display({ 'application/json': { a: [1] } }),
    { output_type: 'error', ename: 'TypeError', evalue: 'x < y', traceback: [] },
  ];
  const html = page([{ source: 'x', outputs }]);
  expect(html).toContain('&lt;script&gt;<span class="ansi-fg-red">red</span>');
  expect(html).toContain('&#39;&lt;i&gt;&#39;');
  expect(html).toContain('<b>yes</b>');
  expect(html).not.toContain('no</pre>');
  expect(html).toContain('<img src="data:image/png;base64,iVBORw0=" width="20" alt="">');
  expect(html).toContain('<div class="output"><svg id="s"></svg></div>');
  expect(html).toContain('<em>soft</em>');
  expect(html).toContain('&quot;a&quot;');
  expect(html).toContain('TypeError: x &lt; y');
  expect(html).not.toMatch(/(src|href)="http/);
});

const SWALLOWING = [
  '<!--',
  '<textarea>',
  '<iframe>',
  '<template>',
  '<noscript>',
  '<plaintext>',
  '<style>',
  '</article></main>',
];

test.each(SWALLOWING)('markup that is not closed, such as %s, swallows nothing of the page', (open) => {
  const outputs = [display({ 'text/html': open }), result('2')];
  const cells: CellSketch[] = [
    { kind: 'markdown', source: `a\n\n${open}\n` },
    { source: 'x', outputs },
  ];
  for (const live of [false, true]) {
    const html = page(cells, live);
    const text = parsedText(html);
    expect({ open, live, shows: text.includes('2'), mains: html.split('</main>').length }).toEqual({
      ...{ open, live, shows: true, mains: 2 },
    });
  }
});

test('a live page leaves out markup that leads away, frames others, or takes the names of its script', () => {
  const shown = (html: string) => {
    const [output = ''] =
      /<div class="output">.*?<\/div>(?=<\/div>)/s.exec(
        page([{ source: 'x', outputs: [display({ 'text/html': html })] }], true),
      ) ?? [];
    return output.slice('<div class="output">'.length, -'</div>'.length);
  };
  expect(
    shown('<meta http-equiv="refresh" content="0;url=/"><base href="/"><link rel="stylesheet" href="a.css">'),
  ).toBe('');
  expect(shown('<svg><foreignObject><meta http-equiv="refresh"></foreignObject></svg>')).not.toContain('meta');
  expect(shown('<iframe src="a.html"></iframe><object data="a"></object>')).toBe(
    '[a frame of a.html is not shown in this page]',
  );
  expect(
    shown('<img name="createElement" onerror="x()" alt="a"><b id="addEventListener">b</b><i id="live">i</i>'),
  ).toBe('<img alt="a"><b>b</b><i>i</i>');
  expect(shown('<script>run()</script><a id="mine" name="b" href="#x">a</a>')).toBe(
    '<script type="text/plain">run()</script><a id="mine" name="b" href="#x">a</a>',
  );
  expect(shown('<script type="module" src="live-1/local.js"></script><svg><script href="x.js"/></svg>')).not.toMatch(
    /module|local\.js|x\.js/,
  );
  // Elements that come to be only when what was written out is read again.
  expect(
    shown('<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;meta http-equiv=refresh&gt;">'),
  ).not.toMatch(/<meta/);
});

test('what is nested more deeply than browsers nest is there as text', () => {
  // More siblings than a call can have values, too.
  const outputs = [display({ 'text/html': `${'<b>'.repeat(60_000)}${'<i></i>'.repeat(150_000)}deep` })];
  const cells: CellSketch[] = [
    { kind: 'markdown', source: `${'>'.repeat(60_000)} quoted` },
    { source: 'x', outputs },
  ];
  for (const live of [false, true]) {
    const text = parsedText(page(cells, live));
    expect([text.includes('deep'), text.includes('quoted')]).toEqual([true, true]);
  }
});

test('markup of a widget ends with it, and in a live page leads nowhere', () => {
  const state = {
    _model_name: 'HTMLModel',
    value: '</div></section><meta http-equiv="refresh" content="0;url=/"><b>v</b>',
  };
  const widgets = { [STATES]: { version_major: 2, version_minor: 0, state: { m: { state } } } };
  const outputs = [display({ [VIEW]: { model_id: 'm' } })];
  const html = page([{ source: 'x', outputs }], true, { widgets });
  expect(html).toContain('<b>v</b>');
  expect([html.includes('refresh'), html.split('</section>').length]).toEqual([false, 2]);
});

test('in a live page rules hold within their own output', () => {
  const styled = (html: string) => page([{ source: 'x', outputs: [display({ 'text/html': html })] }], true);
  expect(styled('<style>body { display: none }</style>')).toContain('<style>@scope{body { display: none }\n}</style>');
  expect(styled('<style>a::before { content: "}" } /* } */</style>')).toContain('@scope{a::before');
  for (const rules of [
    '} body { display: none }',
    'a{background:url({)}} body{}',
    'a{background:url(/*)}} body{} /*)*/',
    "a{background:url(x'y)}} body{} x{y:'z}",
    'a{b:"\f}} body{} x{y:"z"}',
    'a{background:u\\72l({)}} body{}',
    'a{b:c(}} body{}',
  ])
    expect([rules, styled(`<style>${rules}</style>`).includes('<style></style>')]).toEqual([
      rules,
      !rules.includes('c('),
    ]);
  expect(styled('<figure class="ck ck-figure"><style>body{margin:0}</style></figure>')).toContain(
    '<style>@scope{body{margin:0}\n}</style>',
  );
});

test('tags hide and remove cells, as nbconvert is usually configured', () => {
  const html = page([
    { source: 'gone', tags: ['remove-cell'] },
    { source: 'away', tags: ['remove-input'], outputs: [stdout('shown')] },
    { source: 'let folded', tags: ['hide-input'] },
    { source: 'x', tags: ['remove-output'], outputs: [stdout('silent')] },
  ]);
  for (const word of ['gone', 'away', 'silent']) expect(html).not.toContain(word);
  expect(html).toContain('shown');
  expect(html).toContain('<details><summary>Code</summary>');
});

test.each(['#|', '//|'])(
  "Quarto's options behind %s say what of a cell is shown, and are not shown themselves",
  (mark) => {
    const stderr = { ...stdout('warned'), name: 'stderr' };
    const html = page([
      { source: `${mark} include: false\ngone` },
      { source: `${mark} echo: false\naway`, outputs: [stdout('shown')] },
      { source: `${mark} output: false\nx`, outputs: [stdout('silent')] },
      {
        source: `${mark} label: fig-one\n${mark} warning: false\n${mark} fig-cap: "One & all"\ny`,
        outputs: [stdout('kept'), stderr],
      },
    ]);
    for (const word of ['gone', 'away', 'silent', 'warned', mark, 'fig-cap:']) expect(html).not.toContain(word);
    expect(html).toContain('<section class="cell" id="fig-one">');
    expect(html).toMatch(
      /<figure><pre class="output stdout">kept<\/pre><figcaption>One &amp; all<\/figcaption><\/figure>/,
    );
  },
);

test('colours (16, 256, true), weights and resets are kept; other sequences and overwritten text are not', () => {
  expect(ansiToHtml('\u001b[1;31ma\u001b[22mb\u001b[39mc')).toBe(
    '<span class="ansi-bold ansi-fg-red">a</span><span class="ansi-fg-red">b</span>c',
  );
  expect(ansiToHtml('\u001b[38;5;196ma\u001b[0m\u001b[48;2;1;2;3mb\u001b[m')).toBe(
    '<span style="color:rgb(255,0,0)">a</span><span style="background-color:rgb(1,2,3)">b</span>',
  );
  expect(ansiToHtml('\u001b[2Ka\u001b]0;title\u0007b')).toBe('ab');
  expect(ansiToHtml('10 %\r20 %\n')).toBe('20 %\n');
});

test('code is coloured by its tree and keeps every character', () => {
  const sources = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to be coloured
    "const of: string = `a ${type} b`; // of <const>\n/re'x/.test('y'); if (true) await f<number>(1n);",
    'let = ',
    '<b title="x">for {y}</b>',
    "'unclosed",
  ];
  const text = (html: string) =>
    html
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  for (const source of sources) expect(text(codeToHtml(source))).toBe(source);
  const [first] = sources.map(codeToHtml);
  expect(first).toContain('<span class="keyword">const</span> of: <span class="keyword">string</span>');
  expect(first).toContain('<span class="comment">// of &lt;const&gt;</span>');
  expect(first).toContain('<span class="number">1n</span>');
});

test('--html writes the page beside the notebook, or into the folder of --out', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch([{ kind: 'markdown', source: '# Title' }, '6 * 7']));
  expect((await folder.run(name, '--html')).code).toBe(0);
  expect(folder.names()).toEqual(['a.html', 'a.ipynb']);
  expect(folder.read('a.html')).toContain('<pre>42</pre>');
  expect((await folder.run(name, '--html', '--out', `${folder.path}/out`)).code).toBe(0);
  expect(folder.names()).toEqual(['a.html', 'a.ipynb', 'out', 'out/a.html', 'out/a.ipynb']);
});
