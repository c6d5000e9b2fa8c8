// How the player looks: rules for the parts of a trace's figure that are not the SVG itself. Hidden until it lives.

import { STILL } from './image.ts';

const CONTROL =
  'font:inherit;color:inherit;background:var(--ck-panel);border:1px solid var(--ck-wait-edge);border-radius:5px;height:28px;min-width:30px;padding:0 7px;cursor:pointer';

export const FIGURE = [
  '.ck-figure{margin:0;max-width:1600px;color:var(--ck-text);background:var(--ck-bg);font:13px/1.45 system-ui,sans-serif;outline-offset:2px;border-radius:6px}',
  '.ck-figure:focus-visible{outline:2px solid var(--ck-run)}.ck-figure:focus:not(:focus-visible){outline:none}',
  '.ck-figure *{box-sizing:border-box}',
  '.ck-scroll{overflow:auto;position:relative;max-height:78vh}',
  STILL,
  '.ck-view{position:relative}.ck-view :is(svg,img){display:block;width:100%;height:auto}',
  // The axis stays in sight while a tall picture is scrolled.
  '.ck-view .ck-axis{position:sticky;top:0;z-index:1}',
  '.ck-view .ck-still{max-width:1280px}.ck-crowd .ck-still{min-width:640px}',
  '@media (max-width:560px){.ck-view .ck-still{max-width:460px}.ck-crowd .ck-still:not(img:only-child){min-width:0}}',
  '@media print{.ck-scroll{max-height:none;overflow:visible}.ck-view .ck-axis{position:static}}',
  '.ck-figure[data-live] .ck-view{cursor:col-resize;touch-action:pan-y}',
  '.ck-head{position:absolute;left:-1px;width:2px;background:var(--ck-failed);pointer-events:none}',
  '.ck-bar,.ck-status,.ck-panels{display:none}',
  '.ck-figure[data-live] .ck-bar{display:flex;gap:6px;align-items:center;flex-wrap:wrap;padding:8px 14px 4px}',
  `.ck-bar button,.ck-bar select{${CONTROL}}`,
  '.ck-bar button:focus-visible,.ck-bar input:focus-visible,.ck-bar select:focus-visible{outline:2px solid var(--ck-run)}',
  '.ck-bar input{flex:1 1 160px;min-width:120px;accent-color:var(--ck-run)}',
  '.ck-sampled{color:var(--ck-muted);font-size:12px}',
  '.ck-figure[data-live] .ck-status{display:block;padding:2px 14px 6px;min-height:26px;font-variant-numeric:tabular-nums}',
  '.ck-figure[data-live] .ck-panels{display:flex;flex-wrap:wrap;gap:10px;padding:0 14px 8px}',
  '.ck-panels section{background:var(--ck-panel);border:1px solid var(--ck-line);border-radius:8px;padding:8px 10px;min-width:0;flex:1 1 340px;overflow:auto;min-height:150px;max-height:340px}',
  '.ck-panels section.wide{flex-basis:100%}',
  '.ck-panels .wide:has(.ck-source:empty){display:none}',
  '.ck-panels h4{margin:0 0 6px;font-size:12px;font-weight:600;color:var(--ck-muted)}',
  '.ck-graph svg{display:block;max-width:none}',
  '.ck-strip .queue{display:flex;flex-wrap:wrap;gap:4px;align-items:center;padding:3px 0;min-height:30px}',
  '.ck-figure .word{color:var(--ck-muted);font-size:12px;min-width:86px}',
  '.ck-figure .none{color:var(--ck-muted);font-size:12px}',
  '.ck-figure .chip{display:inline-block;border:1px solid var(--ck-wait-edge);background:var(--ck-wait);color:var(--ck-text);border-radius:4px;padding:0 6px;font:11.5px/19px ui-monospace,Menlo,Consolas,monospace;white-space:nowrap}',
  '.ck-figure .chip.on{background:var(--ck-run);border-color:var(--ck-run);color:var(--ck-on-run)}',
  '.ck-figure .chip.next{background:var(--ck-ready);border-color:var(--ck-ready-edge)}',
  '.ck-figure .chip.new{background:var(--ck-bg);border-color:var(--ck-hollow)}',
  '.ck-figure .chip.cut{background:none;border-color:var(--ck-cancelled);color:var(--ck-cancelled)}',
  '.ck-figure ol{margin:2px 0 8px;padding:0 0 0 2.8em;font:12px/1.55 ui-monospace,Menlo,Consolas,monospace}',
  '.ck-figure .file{width:max-content;min-width:100%}',
  '.ck-figure li{white-space:nowrap;padding:0 6px;border-left:3px solid transparent}',
  '.ck-figure li::marker{color:var(--ck-muted)}',
  '.ck-figure li code{white-space:pre!important;background:none!important;color:inherit!important;font:inherit!important;padding:0!important;border:0}',
  '.ck-figure li.wait{border-left-color:var(--ck-wait-edge);background:var(--ck-wait)}',
  '.ck-figure li.unwinding{border-left-color:var(--ck-cancelled);background:var(--ck-wait)}',
  '.ck-figure li.on{border-left-color:var(--ck-run);background:color-mix(in srgb,var(--ck-run) 18%,var(--ck-panel))}',
  '.ck-figure .who{margin-left:14px;display:inline-flex;gap:4px;flex-wrap:wrap;vertical-align:middle}',
  '.ck-figure details{margin:4px 0 0 14px;font-size:12px;color:var(--ck-muted)}',
  '.ck-figure pre{overflow-x:auto;line-height:1.25;color:var(--ck-text);background:none}',
].join('');
