// Errors as people see them: the one door to errors/, for what evaluates cells and what loads files.

export { placeAt } from './place-at.ts';
export { constantNamed } from './read-only.ts';
export { errorReport, isError, type ReportContext } from './report.ts';
export { createSources, type Source, type Sources } from './sources.ts';
export { installStackTraces } from './stacks.ts';
