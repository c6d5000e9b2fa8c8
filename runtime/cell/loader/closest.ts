// Finds the name that was probably meant by a misspelt one. Compares letters; knows nothing of files.

/** The name that differs in the fewest letters: at most two, and at most a third of the word. */
export function closest(wanted: string, names: readonly string[], by = (name: string) => name): string | undefined {
  let best: string | undefined;
  let least = Math.min(2, Math.floor(wanted.length / 3)) + 0.5;
  for (const name of names) {
    const key = by(name);
    const apart = key.toLowerCase() === wanted.toLowerCase() ? 0 : distance(key, wanted);
    if (apart < least) {
      best = name;
      least = apart;
    }
  }
  return best;
}

/** The Levenshtein distance; two swapped neighbouring letters count as one. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      row.push(cost);
    }
  }
  return at(a.length, b.length);
}
