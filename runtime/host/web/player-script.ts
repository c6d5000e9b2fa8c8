// The text of the player's script, which the page fetches beside its own.

let text = '';

/** From now on figures have this script. */
export function setPlayerScript(script: string): void {
  text = script;
}

/** A script that defines `ckPlayer.boot`. */
export function playerScript(): string {
  return text;
}
