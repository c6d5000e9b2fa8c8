// The player as a script that makes itself known to the page: for the figure that brings it, and as the file that Jupyter's
// server offers. How a figure comes by it is in picture/trace/figure-script.ts.

import { playerScript } from '#host/player-script';
import { READER } from './picture/draw/packed-text.ts';
import { hashOf } from './picture/draw/svg-text.ts';

/** The script, and the version by which figures ask for it: another version may not understand their data. */
export interface AnnouncedPlayer {
  readonly version: string;
  /** Makes the player known to the page, and starts it in the figures that wait for this version. */
  readonly text: string;
}

let made: AnnouncedPlayer | undefined;

/** The player as a script of the page, which must know {@link READER} as `ckRead`. */
export function announcedPlayer(): AnnouncedPlayer {
  made ??= announced(playerScript());
  return made;
}

function announced(player: string): AnnouncedPlayer {
  const version = hashOf(player);
  const waiting = `self.ckWaiting?.["${version}"]?.splice(0).forEach((play)=>play())`;
  return { version, text: `${player}(self.ckPlayers??={})["${version}"]=ckPlayer.boot;${waiting}` };
}

/** The player as a file that Jupyter's server offers beside the kernel's logos: for figures that do not bring it. */
export function playerFile(): { readonly name: string; readonly text: string } {
  const { version, text } = announcedPlayer();
  return { name: playerFileName(version), text: `self.ckRead=${READER};${text}` };
}

/** The file's name in the folder of the kernelspec. */
export function playerFileName(version: string): string {
  return `player-${version}.js`;
}
