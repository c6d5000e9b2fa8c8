// What nbconvert's pages lack: a title in words, links that lead from page to page, room on a phone, rules for print;
// and the contents page as a page. Plain Node 20 without packages: what makes HTML of Markdown is passed in.

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
  const mended = linkPages(page)
    .replace(/<title>[^<]*<\/title>/, (given) => (title === undefined ? given : `<title>${title}</title>`))
    // The pictures would take the theme that this names, whatever the page looks like.
    .replace(/(<body[^>]*) data-jp-theme-light="true"/, dark === undefined ? '$&' : '$1')
    .replace('</head>', () => `<style>${PAGE}${dark === undefined ? '' : darkPage(dark)}</style></head>`);
  writeFileSync(path, mended);
}

/** Links to notebooks and to texts beside them become links to their pages. */
export function linkPages(page) {
  return page
    .replaceAll(/href="(\d\d-[\w-]+)\.ipynb"/g, 'href="$1.html"')
    .replaceAll('href="README.md"', 'href="index.html"')
    .replaceAll('href="teaching.md"', 'href="teaching.html"');
}

/**
 * Writes index.html from the lessons' README, and a page of each other Markdown file beside it. `markdown` makes HTML of
 * a text. Links lead to pages; what has no page yet is named without a link, and pages that the README does not name are
 * listed at the end. `shown` stands below the title; `begin` is Markdown for the part "Getting the lessons", where that of the
 * README is not for these pages.
 */
export function writeContents(folder, lessons, markdown, { shown = '', begin } = {}) {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html') && name !== 'index.html');
  const texts = readdirSync(lessons).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const known = new Set([...pages, ...texts.map(pageOf), 'index.html']);
  for (const name of texts) {
    const text = bodyOf(markdown(readFileSync(join(lessons, name), 'utf8')), known);
    writeFileSync(join(folder, pageOf(name)), around(titleOf(text), text));
  }
  const readme = readFileSync(join(lessons, 'README.md'), 'utf8');
  const own =
    begin === undefined ? readme : readme.replace(/(?<=^## Getting the lessons\n).*?(?=^## )/ms, `\n${begin}\n\n`);
  const contents = bodyOf(markdown(own), known);
  const others = pages.filter((name) => !contents.includes(`href="${name}"`) && !texts.map(pageOf).includes(name));
  writeFileSync(
    join(folder, 'index.html'),
    around(titleOf(contents), contents.replace('</h1>', () => `</h1>${shown}`) + listOf(folder, others.sort())),
  );
}

function pageOf(name) {
  return name === 'README.md' ? 'index.html' : name.replace(/\.(ipynb|md)$/, '.html');
}

/** Links to pages; each part under its heading in a section, so that the page's style can tell them apart. */
function bodyOf(html, known) {
  const linked = html.replaceAll(/<a href="([\w-]+\.(?:ipynb|md))">(.*?)<\/a>/g, (_, name, text) =>
    known.has(pageOf(name)) ? `<a href="${pageOf(name)}">${text}</a>` : `<span>${text}</span>`,
  );
  const [head, ...parts] = linked.split(/(?=<h2)/);
  const sections = parts.map((part) => `<section class="${slugOf(part)}">${part}</section>`);
  return [head, ...sections].join('');
}

function slugOf(part) {
  return textOf(/<h2[^>]*>(.*?)<\/h2>/s.exec(part)?.[1])
    .toLowerCase()
    .replaceAll(/\W+/g, '-');
}

function listOf(folder, names) {
  if (names.length === 0) return '';
  const items = names.map((name) => {
    const title = titleOf(readFileSync(join(folder, name), 'utf8')) ?? name;
    return `<li><a href="${encodeURI(name)}">${title}</a></li>`;
  });
  return `<section class="other-pages"><h2>Other pages</h2><ul>${items.join('')}</ul></section>`;
}

function around(title, body) {
  const mark = readFileSync(at('kernel', 'logos', 'logo-svg.svg'), 'utf8').replace(/<\?xml[^>]*>/, '');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${CONTENTS}</style></head>
<body><a class="home" href="index.html" aria-label="Contents">${mark}</a>
${body}
</body>
</html>
`;
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

const CONTENTS = [
  ':root{color-scheme:light dark;--bg:#fff;--card:#f5f7fa;--line:#d5dbe3;--text:#1c232d;--muted:#566070;--link:#0b5cad}',
  '@media(prefers-color-scheme:dark){:root{--bg:#111418;--card:#1b2027;--line:#343c47;--text:#e9edf2;--muted:#a3afbd;--link:#66b3ff}}',
  '*{box-sizing:border-box}body{position:relative;margin:0 auto;max-width:960px;padding:40px 24px 64px;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,sans-serif}',
  '.home{position:absolute;right:24px;top:36px}.home svg{width:56px;height:56px;display:block}h1{margin:0 80px 12px 0;font-size:32px;line-height:1.2}',
  'h2{margin:40px 0 10px;font-size:22px;line-height:1.25}h3{margin:26px 0 4px;font-size:16px;color:var(--muted)}p,li{max-width:46em}',
  'a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}a:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}',
  'code{font:.9em ui-monospace,Menlo,Consolas,monospace}pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px;overflow-x:auto}pre code{font-size:13.5px}',
  'ul{padding-left:1.3em}li{margin:4px 0}',
  '.shown{max-width:640px;margin:20px 0 8px;padding:12px;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow-x:auto}.shown img{display:block;width:100%;height:auto}',
  // Tables: the number, the lesson, its question, its minutes.
  'table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}tbody,thead{width:100%}th{text-align:left;font-size:13px;font-weight:600;color:var(--muted)}',
  'td,th{padding:7px 14px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}',
  '.the-path table{display:table}.the-path tr:hover td{background:var(--card)}.the-path td:first-child{font:600 15px/24px ui-monospace,Menlo,Consolas,monospace;color:var(--muted);width:44px}',
  '.the-path td:nth-child(2){width:280px;font-weight:600}.the-path :is(td,th):last-child{text-align:right;padding-right:6px;width:70px;color:var(--muted)}',
  // The entrances, side by side.
  '.where-to-begin ul{list-style:none;padding:0;display:grid;gap:14px;grid-template-columns:1fr}',
  '.where-to-begin li{margin:0;padding:14px 18px;background:var(--card);border:1px solid var(--line);border-radius:10px}.where-to-begin li strong{display:block;margin-bottom:4px}',
  '@media(min-width:700px){.where-to-begin ul{grid-template-columns:repeat(3,1fr)}}',
  '@media(max-width:600px){body{padding:20px 14px 40px}h1{font-size:25px;margin-right:60px}.home{right:14px;top:18px}.home svg{width:42px;height:42px}',
  // The question stands below its lesson there.
  '.the-path :is(table,thead,tbody){display:block}.the-path tr{display:grid;grid-template-columns:32px 1fr auto;padding:7px 0;border-bottom:1px solid var(--line)}',
  '.the-path :is(td,th){padding:0;border:0}.the-path :is(td,th):last-child{width:auto;padding-left:10px;grid-area:1/3}.the-path td:nth-child(2){width:auto}',
  '.the-path td:nth-child(3){grid-area:2/2/auto/4;font-size:15px;color:var(--muted)}.the-path th:nth-child(3){display:none}}',
  '@media print{table{break-inside:auto}tr{break-inside:avoid}}',
].join('');
