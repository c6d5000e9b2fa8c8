// The page's style sheet: light or dark as the reader's system is, readable on a phone and on paper.

/** The CSS of the page. */
export const style = `
:root { color-scheme: light dark; --text: #1c1e21; --ground: #fff; --faint: #6a737d; --box: #f6f8fa; --line: #d9dde2;
  --keyword: #8a1f6a; --string: #0a6640; --number: #0b57a4; --comment: #667078; --red: #b3261e; --green: #1a7f37;
  --yellow: #8a6100; --blue: #0b57a4; --magenta: #8a1f6a; --cyan: #00707c; --error: #fdecea; --warn: #fff6e0; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e6ea; --ground: #16181b; --faint: #98a1ab; --box: #1f2328;
  --line: #363c44; --keyword: #e99ad0; --string: #7fd1a3; --number: #86b9f5; --comment: #98a1ab; --red: #ff8b82;
  --green: #6fd58b; --yellow: #e2b84a; --blue: #86b9f5; --magenta: #e99ad0; --cyan: #5fd0dc; --error: #3a1d1b; --warn: #33290f; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 54rem; color: var(--text); background: var(--ground);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; }
pre { margin: 0; padding: .6rem .8rem; overflow-x: auto; white-space: pre; line-height: 1.45; }
.cell { margin: 1rem 0; }
.input { position: relative; border: 1px solid var(--line); border-radius: 6px; background: var(--box); }
.count { position: absolute; right: .3rem; top: .2rem; padding: 0 .2rem; background: var(--box); color: var(--faint); font-size: .75rem; user-select: none; }
article.cell { contain: layout paint; }
.output { margin: .35rem 0; overflow-x: auto; contain: layout; } div.output { padding: 0 .8rem; }
pre.output { padding: .3rem .8rem; } .output > pre { padding: .3rem 0; } :is(pre.output, .output > pre) { white-space: pre-wrap; overflow-wrap: anywhere; }
.stderr { background: var(--warn); } .error { background: var(--error); border-radius: 6px; }
.output img, .output svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .8rem 0; } th, td { border: 1px solid var(--line); padding: .25rem .6rem; } :is(th, td):not([align]) { text-align: left; }
:not(pre) > code { background: var(--box); border-radius: 3px; padding: .1em .3em; } article pre { background: var(--box); border-radius: 6px; }
article table { display: block; width: fit-content; max-width: 100%; overflow-x: auto; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--faint); } article img { max-width: 100%; }
.keyword { color: var(--keyword); } .string { color: var(--string); } .number { color: var(--number); } .comment { color: var(--comment); font-style: italic; }
.ansi-bold { font-weight: 700; } .ansi-dim { opacity: .7; } .ansi-italic { font-style: italic; } .ansi-underline { text-decoration: underline; }
${['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'].map((name) => `.ansi-fg-${name} { color: var(--${name}); } .ansi-bg-${name} { background: var(--${name}); color: var(--ground); }`).join('\n')}
.ansi-fg-black { color: var(--text); } .ansi-fg-white { color: var(--faint); } .ansi-bg-black { background: var(--text); color: var(--ground); } .ansi-bg-white { background: var(--line); }
.widget { display: flex; align-items: center; gap: .5rem; margin: .2rem .8rem; } .widget .widget { margin: .2rem 0; }
.widget-label { min-width: 5rem; text-align: right; } .widget-row { display: flex; flex-wrap: wrap; gap: .5rem; } .widget-column { display: block; }
.widget :disabled { opacity: 1; color: var(--text); } .widget button { background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: .2rem .8rem; }
.widget button.pressed { border-color: var(--blue); color: var(--blue); } .widget output { font-variant-numeric: tabular-nums; }
@media (max-width: 600px) { div.output { padding: 0; } .count ~ pre { padding-top: 1.25rem; } .ck-tabs { flex-wrap: wrap; } .ck-tabs button { white-space: nowrap; } }
@media print { pre, .ck-figure .ck-text { white-space: pre-wrap !important; overflow-wrap: anywhere; } .input, .output { break-inside: avoid; } ::details-content { content-visibility: visible; block-size: auto; } }
`;
