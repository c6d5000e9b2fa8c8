// Figures in a page that runs no script but its own: what a figure's script would give to the player is read from the
// script's text, and given to the player that the page has.

import { nodesOf } from './clean-element.ts';

/** The player, once its script is there; see `loadPlayer`. */
declare const ckPlayer: { boot(id: string, signs: string, bytes: number, at?: number): Promise<void> };

/** A figure's data may be a stranger's, and so is then what the player makes of it. */
(globalThis as { ckPut?: unknown }).ckPut = (element: Element, html: string, where: 'within' | 'before') => {
  if (where === 'within') element.replaceChildren(...nodesOf(html, element));
  else element.before(...nodesOf(html));
};

let player: Promise<void> | undefined;

/** Loads the player's script, which makes itself known as `ckPlayer`. */
function loadPlayer(): Promise<void> {
  player ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('player.js', import.meta.url).href;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('the player could not be loaded'));
    document.head.append(script);
  });
  return player;
}

/** As runtime/picture/trace/figure-script.ts writes it: the id, the packed data in lines, its length, a moment. */
const PLAYED = /ckPlayers\["\w+"\]\("([\w-]+)",((?:"[^"\\<]*"\+?\s*)+),(\d+)(?:,([\d.]+))?\)/;

/** Starts the player in each figure of an element. */
export function playFigures(element: HTMLElement): void {
  for (const script of element.querySelectorAll('script')) {
    const [, id, signs, bytes, at] = PLAYED.exec(script.textContent ?? '') ?? [];
    if (id === undefined || signs === undefined) continue;
    const packed = [...signs.matchAll(/"([^"]*)"/g)].map(([, line]) => line).join('');
    // A figure that this player does not understand stays an image.
    void loadPlayer()
      .then(() => ckPlayer.boot(id, packed, Number(bytes), Number(at ?? 0)))
      .catch(() => {});
  }
}
