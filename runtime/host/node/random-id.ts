// Names that nothing else has. They are no secrets, so Math.random will do: node:crypto takes 9 ms of processor time to
// load, and the kernel needs a name before it can start the cell process.

/** A UUID of version 4. */
export function randomId(): string {
  const variant = (8 + Math.floor(4 * Math.random())).toString(16);
  return [digits(8), digits(4), `4${digits(3)}`, `${variant}${digits(3)}`, digits(12)].join('-');
}

/** So many random hexadecimal digits, at most 12. */
function digits(count: number): string {
  return Math.floor(16 ** count * Math.random())
    .toString(16)
    .padStart(count, '0');
}
