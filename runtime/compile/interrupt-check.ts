// The interrupt check that stands in each loop's body. It costs nothing where V8 has optimised the loop; why is said in
// runtime/cell/interrupt/stop-flag.ts.

import type { Rewrite, Site } from './rewrite.ts';

/** The interrupt check of a loop at this site. */
export function checkText(rewrite: Rewrite, site: Site): string {
  if (!rewrite.checks) return '';
  const { stop, cell } = rewrite.names;
  rewrite.needs.add('stop');
  return `if (${stop}${site.cleanup ? ' > 1' : ''}) ${cell}.checkInterrupt();`;
}
