// Errors as people see them: the one door to errors/, for what evaluates cells and what loads files.

export { errorReport, isError, type ReportContext } from './errors/report.ts';
export { createSources, type Source, type Sources } from './errors/sources.ts';
export { installStackTraces } from './errors/stacks.ts';
