// How a table of predicted and printed lines looks, the verdict above it, and the cards of a quiz: rules for text that
// stands outside of figures. The colours come from theme.ts.

/** What all of these have in common. */
export const FRAME =
  '.ck-said{all:initial;display:block;color:var(--ck-text);background:var(--ck-bg);font:14px/21px system-ui,sans-serif;max-width:1200px;padding:0 14px 4px;container-type:inline-size;& *{box-sizing:border-box}}';

/** What was said and what was printed, right or wrong, and why. */
export const WORDS = [
  '.ck-said{.ck-yes{color:var(--ck-done)}.ck-no{color:var(--ck-failed)}.ck-late{color:var(--ck-muted)}',
  '.ck-code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}',
  '.ck-why{padding:4px 14px;border-left:4px solid var(--ck-run);background:var(--ck-panel);border-radius:0 6px 6px 0}',
  '.ck-why div+div{color:var(--ck-muted);margin-top:2px}}',
].join('');

/** The rows of a prediction, the verdict above them, and the reason beside them. */
export const ROWS = [
  '.ck-said{.ck-top{font-size:16px;font-weight:600;margin:0 0 4px}',
  '.ck-rows{display:grid;grid-template-columns:auto auto minmax(0,1fr) minmax(0,1fr) auto;border:1px solid var(--ck-line);border-radius:6px;overflow:hidden;background:var(--ck-panel)}',
  '.ck-row{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:baseline;padding:0 12px;column-gap:14px;line-height:19px;border-top:1px solid var(--ck-line)}',
  '.ck-row:first-child{border-top:0;color:var(--ck-muted);font-size:12px}',
  '.ck-who,.ck-at{color:var(--ck-muted);font-size:12px}',
  '.ck-odd{background:var(--ck-bg);box-shadow:inset 4px 0 var(--ck-failed)}',
  '.ck-odd .ck-code{font-weight:700;color:var(--ck-failed)}.ck-odd .ck-code+.ck-code{color:var(--ck-done)}',
  '.ck-both{display:grid;gap:10px;align-items:start;max-width:760px}@container (min-width:780px){.ck-both:has(.ck-why){grid-template-columns:3fr 2fr;gap:14px;max-width:none}}}',
].join('');
