// Scripts: texts of JavaScript that run in the global scope. The name of one is a comment at its end, which may hold no
// blank.

// biome-ignore lint/security/noGlobalEval: a page has no other way to run a text as a script of a name
const evaluate = globalThis.eval;

/** Runs a text, whose name in stack frames is `name`. @throws what the engine's parser does, and what the text does */
export function runScript(text: string, name: string): unknown {
  return evaluate(`${text}\n//# sourceURL=${encodeURI(name)}`);
}

/** The name that a script was given, from the one that its stack frames carry. */
export function scriptName(carried: string): string {
  try {
    return decodeURI(carried);
  } catch {
    return carried; // An address of somebody else's.
  }
}
