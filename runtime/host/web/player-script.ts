// The text of the player's script, which the build puts in.

declare const PLAYER_SCRIPT: string;

/** A script that defines `ckPlayer.boot`. */
export function playerScript(): string {
  return PLAYER_SCRIPT;
}
