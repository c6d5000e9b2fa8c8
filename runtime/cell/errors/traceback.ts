// Errors as people see them: the public face of errors/ for the other rooms.

export { placeAt } from './place-at.ts';
export { errorReport, isError, type ReportContext } from './report.ts';
export { createSources, type Source, type Sources } from './sources.ts';
export { installStackTraces } from './stacks.ts';
