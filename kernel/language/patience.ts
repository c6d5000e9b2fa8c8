// How long to wait for TypeScript. A front end must not wait for ever; a program that runs a notebook on a busy machine
// sets COKERNEL_PATIENCE where it would rather wait than lose a type error or a completion.

/** Whether it is set: that program waits for a cell's idle for longer than that. */
export function isPatient(): boolean {
  return wanted() > 0;
}

/** The larger of `milliseconds` and COKERNEL_PATIENCE. */
export function patienceFor(milliseconds: number): number {
  return Math.max(milliseconds, wanted());
}

const wanted = () => Number(process.env.COKERNEL_PATIENCE) || 0;
