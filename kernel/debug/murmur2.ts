// MurmurHash2 with 32 bits, as JupyterLab computes it for the file names of cells: over UTF-8, with JavaScript's own
// multiplication, whose products may exceed 32 bits before they are folded.

const M = 0x5bd1e995;

/** The hash of a text. */
export function murmur2(text: string, seed: number): number {
  const data = new TextEncoder().encode(text);
  const byte = (at: number) => data[at] as number;
  let hash = seed ^ data.length;
  let at = 0;
  for (; data.length - at >= 4; at += 4) {
    let word = times(byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24));
    word ^= word >>> 24;
    hash = times(hash) ^ times(word);
  }
  const rest = data.length - at;
  if (rest > 2) hash ^= byte(at + 2) << 16;
  if (rest > 1) hash ^= byte(at + 1) << 8;
  if (rest > 0) hash = times(hash ^ byte(at));
  hash ^= hash >>> 13;
  hash = times(hash);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function times(value: number): number {
  return (value & 0xffff) * M + ((((value >>> 16) * M) & 0xffff) << 16);
}
