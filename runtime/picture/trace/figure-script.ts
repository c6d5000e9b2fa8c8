// The script of a figure: gives its data to the player, once the page has the player. One figure of a notebook brings it;
// the others wait for it, and where it does not come, they ask Jupyter's server for it. Without either the image stays.

import { announcedPlayer, playerFileName } from '../../announced-player.ts';
import { packedText, READER } from '../draw/packed-text.ts';
import { STOP_HERE } from './stop-script.ts';

/** What the script is about. */
export interface Played {
  /** The figure's id. */
  readonly id: string;
  /** Its data as JSON. */
  readonly data: string;
  /** The moment at which the player opens. */
  readonly at: number;
  /** Whether the player is in the script. */
  readonly brings: boolean;
  /** Whether it has a kernel that it may ask to stop. */
  readonly stops: boolean;
}

/**
 * The script element. It keeps to what it finds: a page may have players of several versions, figures may be rendered in
 * any order, and one that brings the player may come after those that wait for it.
 */
export function figureScript({ id, data, at, brings, stops }: Played): string {
  const { version } = announcedPlayer();
  const play = `self.ckPlayers["${version}"]("${id}",${packedText(data)}${at > 0 ? `,${at}` : ''})`;
  return (
    `<script>${stops ? STOP_HERE : ''}(function(){var play=function(){${play}},w=(self.ckWaiting??={})["${version}"]??=[];\n` +
    `if(self.ckPlayers?.["${version}"])return play();w.push(play);\n${brings ? bringing() : asking(version)}})()</script>`
  );
}

let packedPlayer: string | undefined;

/** The script is added as an element: pages that forbid eval allow what they have inline. */
function bringing(): string {
  packedPlayer ??= packedText(announcedPlayer().text);
  return (
    `var script=document.createElement("script");self.ckRead=${READER};\n` +
    `ckRead(${packedPlayer}).then(function(text){script.textContent=text;document.head.append(script);script.remove()})`
  );
}

/** In JupyterLab and its like. The kernelspec's name is what whoever installed it chose, so all of ours are asked. */
function asking(version: string): string {
  return (
    'var c=document.getElementById("jupyter-config-data"),b=c&&JSON.parse(c.textContent).baseUrl;\n' +
    'if(b&&w.length<2)fetch(b+"api/kernelspecs").then(r=>r.json()).then(r=>{for(c in r=r.kernelspecs)if(r[c].spec.metadata.cokernel)' +
    `document.head.append(Object.assign(document.createElement("script"),{src:b+"kernelspecs/"+c+"/${playerFileName(version)}"}))})`
  );
}
