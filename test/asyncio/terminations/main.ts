// Terminates each scenario at every place, and prints one line of JSON: what was played, and what was wrong. To look at
// one: node main.mjs SCENARIO FIRST LAST.

import './places.ts';
import { scenarios } from './scenarios.ts';
import { play } from './stage.ts';

/** What the program prints. */
export interface Report {
  /** Runs of each scenario. */
  readonly runs: Readonly<Record<string, number>>;
  /** `scenario n place: what was wrong`. */
  readonly wrong: readonly string[];
}

const [only = '', first = '0', last = 'Infinity'] = process.argv.slice(2);

const runs: Record<string, number> = {};
const wrong: string[] = [];
for (const [name, scenario] of Object.entries(scenarios)) {
  if (only !== '' && only !== name) continue;
  runs[name] = 0;
  // At 0 nothing is terminated: that must be right too.
  for (let at = Number(first); at <= Number(last); at++) {
    const played = await play(scenario, at);
    runs[name]++;
    for (const one of played.wrong) wrong.push(`${name} ${at} ${played.place ?? 'untouched'}: ${one}`);
    if (at > 0 && played.place === null) break;
  }
}
console.log(JSON.stringify({ runs, wrong } satisfies Report));
process.exit(0);
