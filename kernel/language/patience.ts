// How long TypeScript is waited for: a cell's type errors, a completion. Front ends are not kept waiting for ever; a
// program that runs a notebook on a busy machine says by COKERNEL_PATIENCE that it would rather wait than lose one.

/** Milliseconds: so many, or as many as the environment asks for where that is more. */
export function patienceFor(milliseconds: number): number {
  return Math.max(milliseconds, Number(process.env.COKERNEL_PATIENCE) || 0);
}
