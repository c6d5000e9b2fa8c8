// Writes movement in SVG itself (SMIL), which also works in an image and where scripts are stripped.

/** A value at a part of the cycle, 0 to 1. */
export type Frame = readonly [at: number, value: string];

/**
 * An element that animates its parent endlessly; empty if a cycle takes no time, which makes a still. `rotate` and
 * `translate` are transforms; anything else is the name of an attribute.
 */
export function moved(attribute: string, frames: readonly Frame[], seconds: number, mode?: 'discrete'): string {
  if (seconds === 0) return '';
  const kept: [number, string][] = [];
  for (const [at, value] of frames) {
    // SMIL refuses times that fall.
    const time = Math.min(1, Math.max(at, kept.at(-1)?.[0] ?? 0));
    kept.push([time, value]);
  }
  const times = kept.map(([at]) => String(Math.round(at * 1e3) / 1e3).replace(/^0\./, '.')).join(';');
  const values = kept.map(([, value]) => value).join(';');
  const common = `values="${values}" keyTimes="${times}" dur="${seconds}s" repeatCount="indefinite"${mode ? ` calcMode="${mode}"` : ''}`;
  return attribute === 'rotate' || attribute === 'translate'
    ? `<animateTransform attributeName="transform" type="${attribute}" ${common}/>`
    : `<animate attributeName="${attribute}" ${common}/>`;
}
