// The interrupt check at the start of each loop's body. It costs nothing once V8 has optimised the loop;
// runtime/cell/interrupt/stop-flag.ts explains why.

import type { Rewrite, Site } from './rewrite.ts';

/** The text of the interrupt check for a loop at this site. */
export function checkText(rewrite: Rewrite, site: Site): string {
  if (!rewrite.checks) return '';
  const { stop, cell } = rewrite.names;
  rewrite.needs.add('stop');
  return `if (${stop}${site.cleanup ? ' > 1' : ''}) ${cell}.checkInterrupt();`;
}
