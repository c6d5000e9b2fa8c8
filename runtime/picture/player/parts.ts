// What the player adds below the lanes. Made in the page and not in the stored HTML: a code host and an untrusted
// notebook show no scripts, and would show the words of buttons that do nothing.

const BAR =
  '<div class="ck-bar" role="toolbar" aria-label="Player"><button data-do="first" title="To the beginning (Home)">⇤</button>' +
  '<button data-do="back" title="One step back (left arrow)">◀︎</button><button data-do="play" title="Play (space)">▶</button>' +
  '<button data-do="forward" title="One step forward (right arrow)">▸</button>' +
  '<input type="range" min="0" value="0" step="1" aria-label="Moment">' +
  '<select aria-label="Speed"><option value="0.25">¼×</option><option value="0.5">½×</option><option value="1" selected>1×</option><option value="2">2×</option><option value="4">4×</option></select>' +
  '<button data-do="out" title="Zoom out (-)">−</button><button data-do="in" title="Zoom in (+)">+</button><span class="ck-sampled"></span></div>';

/** The bar, the status line and the panels, as HTML. */
export const PARTS =
  `${BAR}<div class="ck-status" role="status"></div>` +
  '<div class="ck-panels"><section><h4>Loop</h4><div class="ck-strip"></div></section>' +
  '<section><h4>Who waits for whom</h4><div class="ck-graph"></div></section>' +
  '<section class="wide"><h4>Source</h4><div class="ck-source"></div></section></div>';
