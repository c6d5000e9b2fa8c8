// `cokernel doctor`: what is there, whether it fits together, and what to do where it does not.

/** Prints the findings and resolves with 1 where there is trouble. */
export async function doctor(): Promise<number> {
  return 0;
}
