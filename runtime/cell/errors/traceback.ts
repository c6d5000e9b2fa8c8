// Errors as people see them: what the rest of runtime/cell uses of errors/.

export { placeAt } from './place-at.ts';
export { errorReport, isError, type ReportContext } from './report.ts';
export { createSources, type Source, type Sources } from './sources.ts';
export { installStackTraces, withOwnStacks } from './stacks.ts';
