// Compares stored outputs with fresh ones. Counts, metadata and tracebacks do not count; errors are compared by name
// and message.

import { isDeepStrictEqual } from 'node:util';
import type { Fields, Output } from '../notebook/notebook.ts';
import { VIEW } from '../widget-states.ts';
import { diff } from './diff.ts';
import { textMatches } from './match.ts';
import type { Rules } from './rules.ts';
import { show } from './show.ts';

/** Undefined if the fresh outputs match the stored ones, else a diff whose lines begin with -, + or a blank. */
export function compareOutputs(stored: readonly Output[], fresh: readonly Output[], rules: Rules): string | undefined {
  const merged = mergeStreams(stored);
  const same =
    merged.length === fresh.length && merged.every((output, index) => fits(output, fresh[index] as Output, rules));
  if (same) return undefined;
  // Outputs that match are shown as stored, so that only the differences stand out.
  const shown = fresh.map((output, index) => {
    const expected = merged[index];
    return expected !== undefined && fits(expected, output, rules) ? expected : output;
  });
  return diff(merged.flatMap(show), shown.flatMap(show), (one, other) => textMatches(one, other, rules));
}

/** Other front ends store a stream in pieces, as its texts arrived. */
function mergeStreams(outputs: readonly Output[]): Output[] {
  const merged: Output[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      merged[merged.length - 1] = { ...last, text: last.text + output.text };
    } else merged.push(output);
  }
  return merged;
}

function fits(stored: Output, fresh: Output, rules: Rules): boolean {
  if (stored.output_type === 'stream' && fresh.output_type === 'stream') {
    return stored.name === fresh.name && (rules.kindsOnly || textMatches(stored.text, fresh.text, rules));
  }
  if (stored.output_type === 'error' && fresh.output_type === 'error') {
    return stored.ename === fresh.ename && (rules.kindsOnly || textMatches(stored.evalue, fresh.evalue, rules));
  }
  if (stored.output_type !== fresh.output_type) return false;
  return bundleFits(stored.data as Fields, fresh.data as Fields, rules);
}

function bundleFits(stored: Fields, fresh: Fields, rules: Rules): boolean {
  const types = Object.keys(stored);
  if (types.length !== Object.keys(fresh).length) return false;
  return types.every(
    (type) => Object.hasOwn(fresh, type) && (rules.kindsOnly || valueFits(type, stored[type], fresh[type], rules)),
  );
}

function valueFits(type: string, stored: unknown, fresh: unknown, rules: Rules): boolean {
  // A widget's model has another id in each run; its text is compared.
  if (type === VIEW) return true;
  if (typeof stored === 'string' && typeof fresh === 'string') {
    return textMatches(stored, fresh, rules, type === 'text/plain' || rules.ellipsis);
  }
  const [expected, found] = [JSON.stringify(stored), JSON.stringify(fresh)];
  if (isDeepStrictEqual(JSON.parse(expected), JSON.parse(found))) return true;
  return textMatches(expected, found, rules, rules.ellipsis);
}
