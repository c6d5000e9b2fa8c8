// What people import: import { trace, timeline } from 'cokernel/picture'. Exports only.

export type { Ending, Lane, Model, State, Stretch } from './model/model.ts';
export { predict } from './predict/predict.ts';
export { Prediction } from './predict/prediction.ts';
export type { Line } from './predict/printed-line.ts';
export { type Quiz, quiz, type Verdict } from './predict/quiz-figure.ts';
export { Replay, type ReplayOptions, replay } from './replay/replay.ts';
export type { Looks } from './trace/looks.ts';
export { type TraceFunction, type TraceOptions, timeline, trace } from './trace/trace.ts';
export { Trace, Traced } from './trace/traced.ts';
export { type Watch, type WatchOptions, watch } from './watch/watch.ts';
