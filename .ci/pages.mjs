// What nbconvert's pages lack: a title in words, links that lead from page to page, room on a phone, rules for print;
// and a page that leads to all of them. Plain Node 20 without packages.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './setup/places.mjs';

/** nbconvert's dark theme: the rules of its root, or undefined where `folder`, an environment of Python's, has none. */
export function darkTheme(folder) {
  const path = join(folder, 'share', 'jupyter', 'nbconvert', 'templates', 'lab', 'static', 'theme-dark.css');
  return existsSync(path) ? /:root \{(.*?)\n\}/s.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
}

/**
 * Mends one page in place. Links to other notebooks, and to their README, become links to pages. With the rules of a
 * dark theme, the page is dark where the reader's system is.
 */
export function finish(path, dark) {
  const page = readFileSync(path, 'utf8');
  const title = titleOf(page);
  const mended = page
    .replaceAll(/href="(\d\d-[\w-]+)\.ipynb"/g, 'href="$1.html"')
    .replaceAll('href="README.md"', 'href="index.html"')
    .replace(/<title>[^<]*<\/title>/, (given) => (title === undefined ? given : `<title>${title}</title>`))
    // The pictures would take the theme that this names, whatever the page looks like.
    .replace(/(<body[^>]*) data-jp-theme-light="true"/, dark === undefined ? '$&' : '$1')
    .replace('</head>', () => `<style>${PAGE}${dark === undefined ? '' : darkPage(dark)}</style></head>`);
  writeFileSync(path, mended);
}

/** Writes index.html: every page of the folder by its first heading, with its question and its minutes. */
export function writeIndex(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.html') && name !== 'index.html');
  const items = names.sort().map((name) => itemOf(name, readFileSync(join(folder, name), 'utf8')));
  const mark = readFileSync(at('kernel', 'logos', 'logo-svg.svg'), 'utf8').replace(/<\?xml[^>]*>/, '');
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notebooks on coroutines</title><style>${INDEX}</style></head>
<body>
<header>${mark}<div><h1>Coroutines, step by step</h1>
<p>Each notebook teaches one thing in under ten minutes: a question, a prediction, the run, a picture, and an exercise that
checks itself. These pages show what each cell has shown. To run them yourself: <code>npm start</code>.</p></div></header>
<main><ol>
${items.join('\n')}
</ol></main>
</body>
</html>
`;
  writeFileSync(join(folder, 'index.html'), page);
}

function itemOf(name, page) {
  const question = textOf(/<strong>The question\.<\/strong>(.*?)<\/p>/s.exec(page)?.[1]);
  const minutes = textOf(/You need about (\w+ minutes)/.exec(page)?.[1]);
  const number = /^\d\d/.exec(name)?.[0];
  const rest = [
    question && `<p>${question}</p>`,
    minutes && `<small>${minutes}</small>`,
    number && `<b aria-hidden="true">${number}</b>`,
  ];
  return `<li><a href="${encodeURI(name)}">${titleOf(page) ?? name}</a>${rest.filter(Boolean).join('')}</li>`;
}

/** The first heading, as HTML without markup of its own. */
function titleOf(page) {
  return textOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(page)?.[1]?.replace(/<a class="anchor-link".*?<\/a>/s, ''));
}

function textOf(html) {
  return html?.replaceAll(/<[^>]*>/g, '').trim();
}

function darkPage(rules) {
  return `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${rules}}}`;
}

const PAGE = [
  'body.jp-Notebook{max-width:1040px;margin:0 auto}',
  '.jp-RenderedHTMLCommon table{display:block;max-width:100%;overflow-x:auto}',
  '.jp-RenderedHTMLCommon summary{cursor:pointer}.highlight{overflow-x:auto}',
  // On a phone the numbers of cells stand above them and take a line each: too much.
  '@media(max-width:600px){body.jp-Notebook{padding:8px}.jp-InputPrompt,.jp-OutputPrompt{display:none}',
  '.jp-Cell{padding:4px 0}.highlight pre,.jp-OutputArea-output pre{font-size:12px}.jp-RenderedHTMLCommon h1{font-size:26px;line-height:1.2}}',
  // Paper has no buttons; a picture and its code stay whole.
  '@media print{body.jp-Notebook{max-width:none;padding:0}.ck-bar,.ck-status,.ck-panels,.ck-head,.ck-figure details{display:none!important}',
  '.jp-CodeMirrorEditor,.jp-OutputArea-child,.ck-figure,table,li,p{break-inside:avoid}h1,h2,h3{break-after:avoid}',
  '.highlight pre{white-space:pre-wrap;font-size:12px}a{color:inherit}}',
].join('');

const INDEX = [
  ':root{color-scheme:light dark;--bg:#fff;--card:#f5f7fa;--line:#d5dbe3;--text:#1c232d;--muted:#566070;--link:#0b5cad}',
  '@media(prefers-color-scheme:dark){:root{--bg:#111418;--card:#1b2027;--line:#343c47;--text:#e9edf2;--muted:#a3afbd;--link:#66b3ff}}',
  '*{box-sizing:border-box}body{margin:0 auto;max-width:1000px;padding:40px 20px 64px;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif}',
  'header{display:flex;gap:20px;align-items:flex-start;margin-bottom:28px}header svg{flex:none;width:64px;height:64px}',
  'h1{margin:0 0 8px;font-size:30px;line-height:1.2}header p{margin:0;max-width:44em;color:var(--muted)}code{font:14px ui-monospace,Menlo,Consolas,monospace;color:var(--text)}',
  'ol{list-style:none;margin:0;padding:0;display:grid;gap:14px;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}',
  'li{position:relative;display:flex;flex-direction:column;gap:6px;padding:16px 18px 14px 62px;background:var(--card);border:1px solid var(--line);border-radius:10px}',
  'li:hover{border-color:var(--link)}li b{position:absolute;left:18px;top:14px;font:600 20px/28px ui-monospace,Menlo,Consolas,monospace;color:var(--muted)}',
  'li a{color:var(--link);font-weight:600;font-size:17px;text-decoration:none}li a::after{content:"";position:absolute;inset:0;border-radius:10px}',
  'li a:hover{text-decoration:underline}li a:focus-visible{outline:none}li a:focus-visible::after{outline:2px solid var(--link);outline-offset:2px}',
  'li p{margin:0}li small{margin-top:auto;color:var(--muted);font-size:13px}',
  '@media(max-width:600px){body{padding:20px 14px 40px}header{gap:14px}header svg{width:44px;height:44px}h1{font-size:24px}}',
  '@media print{ol{display:block}li{break-inside:avoid;margin-bottom:8px}}',
].join('');
