// The text of the files that a trace names. A kernel says which cell has which text; elsewhere there is none to show.

type SourceOf = (file: string) => string | undefined;

let sourceOf: SourceOf = () => undefined;

/** The host's registry of sources, by the name that stack frames carry: `Cell [3]`. */
export function knowSources(registry: SourceOf): void {
  sourceOf = registry;
}

/** The text of a file, where the host has it. */
export function known(file: string): string | undefined {
  return sourceOf(file);
}
