// The text of the player's script, for figures that leave the page. A live page has the player itself.

let text = '';

/** From now on figures have this script. */
export function setPlayerScript(script: string): void {
  text = script;
}

/** A script that defines `ckPlayer.boot`. */
export function playerScript(): string {
  return text;
}
