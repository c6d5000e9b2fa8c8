// How the player looks: CSS rules for the parts of a trace's figure other than the SVG. The player brings them along with
// these parts. Pages style elements such as code, ol and td, each in a way of its own (JupyterLab, nbconvert, reveal.js);
// none styles div and span, so the figures are made of these (test/browser/page-styles.test.ts).

const CONTROL =
  'font:inherit;color:inherit;background:var(--ck-panel);border:1px solid var(--ck-wait-edge);border-radius:5px;height:28px;min-width:30px;padding:0 7px;cursor:pointer';

/** The frame of a figure, and the chips that name a state: all that a figure without a player needs. */
export const FRAME = [
  '.ck-figure{all:initial;display:block;max-width:1600px;color:var(--ck-text);background:var(--ck-bg);font:13px/1.45 system-ui,sans-serif;outline-offset:2px;border-radius:6px}',
  '.ck-figure{.none{color:var(--ck-muted);font-size:12px}',
  '.chip{display:inline-block;border:1px solid var(--ck-wait-edge);background:var(--ck-wait);color:var(--ck-text);border-radius:4px;padding:0 4px;font:11.5px/18px ui-monospace,Menlo,Consolas,monospace;white-space:nowrap}',
  '.chip.on{background:var(--ck-run);border-color:var(--ck-run);color:var(--ck-on-run)}',
  '.chip.next{background:var(--ck-ready);border-color:var(--ck-ready-edge)}',
  '.chip.new{background:var(--ck-bg);border-color:var(--ck-hollow)}',
  '.chip.cut{background:none;border-color:var(--ck-cancelled);color:var(--ck-cancelled)}}',
].join('\n');

export const FIGURE = [
  FRAME,
  '.ck-figure{&:focus-visible{outline:2px solid var(--ck-run)}&:focus:not(:focus-visible){outline:none}',
  '*{box-sizing:border-box}}',
  '.ck-scroll{overflow:auto;position:relative;isolation:isolate;max-height:78vh}',
  '.ck-view{position:relative}.ck-view :is(svg,img){display:block;width:100%;height:auto}',
  // The axis stays visible while a tall picture scrolls.
  '.ck-view .ck-axis{position:sticky;top:0;z-index:1}',
  // On paper nobody can unfold the answer of a lesson.
  '@media print{.jp-RenderedMarkdown ::details-content{content-visibility:visible;block-size:auto}.ck-scroll{max-height:none;overflow:visible}.ck-view .ck-axis{position:static}}',
  '.ck-figure[data-live] .ck-view{cursor:col-resize;touch-action:pan-y;user-select:none}',
  '.ck-figure[data-live] .wait{transform:translateX(clamp(0px,var(--ck-scrolled,0px) - var(--x,0px),var(--m,0px)))}',
  '.ck-head{position:absolute;left:-1px;width:2px;background:var(--ck-failed);pointer-events:none}',
  '.ck-figure[data-live] .ck-above{display:none}',
  '.ck-bar{display:flex;gap:6px;align-items:center;flex-wrap:wrap;padding:3px 14px 1px}',
  `:is(.ck-bar,.ck-tabs) :is(button,select){${CONTROL}}`,
  '.ck-bar :focus-visible{outline:2px solid var(--ck-run)}',
  '.ck-bar input{flex:1 1 160px;min-width:120px;accent-color:var(--ck-run)}',
  '.ck-figure:not([data-kernel]) [data-do=stop]{display:none}',
  '.ck-sampled{color:var(--ck-muted);font-size:12px}',
  // Nothing below the lanes may move during playback: the status has one line (two on a phone), and the panels have the
  // height that room.ts computes.
  '.ck-status{margin:1px 14px 3px;height:19px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;font-variant-numeric:tabular-nums}',
  '@media (max-width:560px){.ck-status{white-space:normal;height:38px}}',
  '.ck-help{display:flex;flex-wrap:wrap;gap:4px 14px;padding:2px 14px 4px;font-size:12px;color:var(--ck-muted)}.ck-help[hidden]{display:none}',
  '.ck-help .key{font:11.5px ui-monospace,Menlo,Consolas,monospace;color:var(--ck-text);background:var(--ck-panel);border:1px solid var(--ck-line);border-radius:4px;padding:0 4px}',
  '.ck-figure[data-live] .ck-scroll{max-height:var(--ck-lanes,290px)}.ck-figure[data-size=large]{zoom:1.35}',
  '.ck-panels{display:grid;grid-template-columns:var(--ck-shares);gap:8px;margin:0 14px 6px;height:var(--ck-panels)}',
  // A panel that is in no column has nothing to show.
  '.ck-panels>.ck-panel,.ck-column:empty{display:none}.ck-column{display:flex;flex-direction:column;gap:8px;min-height:0}',
  '[data-view=lanes] :is(.ck-panels,.ck-tabs){display:none!important}',
  '.ck-tabs{display:none;gap:6px;padding:0 14px 6px}',
  '.ck-tabs button[aria-pressed=true]{border-color:var(--ck-run);color:var(--ck-run)}',
  '[data-printed=no] [data-tab=output],.ck-figure:not(:has(.ck-source *)) [data-tab=source]{display:none}',
  '.ck-panel{background:var(--ck-panel);border:1px solid var(--ck-line);border-radius:8px;padding:0 10px 6px;min-width:0;min-height:0;overflow:auto;scrollbar-width:thin;flex:1 1 0}',
  '[data-panel=strip]:not(:only-child){flex:none}[data-panel=output]{flex:0 1 calc(32px + 18px*var(--ck-printed));overflow:hidden}[data-panel=strip]+[data-panel=output],[data-panel=output]:only-child{flex:1}[data-panel=source]{min-height:calc(32px + 18px*var(--ck-lines))}[data-panel=graph]{min-height:calc(32px + var(--ck-graph))}',
  '.ck-output{overflow:auto;height:round(down,100% - 24px,18px)}',
  '.say{display:flex;gap:8px;align-items:baseline;min-height:18px}.say .code{white-space:pre-wrap;overflow-wrap:anywhere;font:11px/18px ui-monospace,Menlo,Consolas,monospace}',
  '.say.err .code{color:var(--ck-failed)}.ck-figure :is(.say,.lines) .chip{font-size:10.5px;line-height:15px}',
  // Each row of the loop panel keeps its place, however many tasks it shows.
  '.ck-strip{display:grid;grid-template-rows:22px var(--ck-queues)}',
  // What is left below the last whole line, so that none is cut.
  '[data-panel=source]::after{content:"";display:block;position:sticky;bottom:-6px;left:-10px;height:var(--ck-spare);margin:0 -10px -6px;background:var(--ck-panel)}',
  '.ck-panel:focus-visible{outline:2px solid var(--ck-run);outline-offset:-2px}',
  // Where there is no room for all panels, one shows at a time; its tab has its title.
  '[data-tabbed=yes]{.ck-tabs{display:flex}.ck-column{height:100%}.ck-column .ck-panel{display:none;flex:1}.ck-panel .ck-title{height:6px;padding:0;font-size:0}}',
  ...['source', 'output', 'strip', 'graph'].map(
    (tab) => `[data-tabbed=yes][data-tab=${tab}] [data-panel=${tab}]{display:block}`,
  ),
  '.ck-more{position:sticky;left:45%;bottom:3px;z-index:1;width:max-content;margin-top:-22px;padding:0 10px;font-size:12px;border-radius:9px;color:var(--ck-on-run);background:var(--ck-run)}.ck-more[hidden]{display:none}',
  '.ck-panel .ck-title{display:block;position:sticky;top:0;left:-10px;z-index:2;background:var(--ck-panel);margin:0 -10px;padding:3px 10px 1px;height:24px;font:600 12px/20px system-ui,sans-serif;color:var(--ck-muted)}',
  '.ck-graph svg{display:block;max-width:none}',
  '.ck-strip .queue{padding:1px 0 1px 86px;display:flex;flex-wrap:wrap;gap:3px;align-content:flex-start;align-items:center;overflow-y:auto}',
  // The left edge is reserved for the arrows of cancellations.
  'div.ck-source{position:relative}[data-cancels=yes] div.ck-source{padding-left:34px}',
  '.ck-arrows{position:absolute;left:0;top:0;height:100%;overflow:visible;pointer-events:none;fill:none;stroke:var(--ck-cancelled);stroke-width:1.8}',
  '.ck-arrows :is(.tip,circle){fill:var(--ck-cancelled);stroke:none}.ck-arrows .out{stroke-dasharray:3 2.5}',
  '.ck-figure{.word{color:var(--ck-muted);font-size:12px}',
  '.queue :is(.word,.none){line-height:20px;white-space:nowrap}.queue .word+.none{flex:1;overflow:hidden}.queue .word{width:83px;margin-left:-86px}.file .word{line-height:18px}',
  '.due{font-size:.8em;line-height:1}',
  '.lines{font:11px/18px ui-monospace,Menlo,Consolas,monospace}',
  '.lines>div{position:relative;min-height:18px;margin-left:24px;padding:0 6px;border-left:3px solid transparent}',
  '[data-line]{white-space:pre-wrap;overflow-wrap:anywhere;padding-left:calc(6px + 1ch*var(--ck-hangs))!important;text-indent:calc(-1ch*var(--ck-hangs))}',
  '[data-line]::before{content:attr(data-line);position:absolute;right:calc(100% + 10px);white-space:nowrap;text-indent:0;color:var(--ck-muted)}',
  '.away,.open .gap{display:none}.open .away{display:block}',
  '.gap button{font:inherit;color:var(--ck-muted);background:none;border:0;padding:0;cursor:pointer}',
  '[data-line].wait{border-left-color:var(--ck-wait-edge);background:var(--ck-wait)}',
  '[data-line].unwinding{border-left-color:var(--ck-cancelled);background:var(--ck-wait)}',
  '[data-line].on{border-left-color:var(--ck-run);background:color-mix(in srgb,var(--ck-run) 18%,var(--ck-panel))}',
  // The names have their place from the beginning: where it is not behind the code, it is in a row below it.
  '.who{display:inline-flex;gap:4px;width:var(--ck-chips);max-width:100%;height:18px;padding-left:10px;align-items:center;vertical-align:top;text-indent:0}.who .chip{min-width:0;overflow:hidden;text-overflow:ellipsis}.who .cut{flex-shrink:99}',
  'details{margin:4px 0 0 14px;font-size:12px;color:var(--ck-muted)}}',
  // On a slide the figure has the place of the code and the text of its cell: it shows both itself.
  // What is too high all the same scrolls.
  '.reveal section:not(.stack):has(.ck-figure[data-live]){max-height:100%;overflow-y:auto}',
  '.reveal .jp-Cell:has(.ck-figure[data-live]) :is(.jp-Cell-inputWrapper,.jp-OutputPrompt,.jp-OutputArea-child:not(:has(.ck-figure))){display:none}',
  '@media print{.ck-figure :is(.ck-bar,.ck-help,.ck-status,.ck-tabs,.ck-panels,.ck-head,.ck-more){display:none!important}.ck-view{width:100%!important}.ck-view svg{width:100%;height:auto}}',
].join('');
