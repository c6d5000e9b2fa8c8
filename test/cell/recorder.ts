// A port that records events in place of the kernel process. Answers to questions are given in advance.

import type { CellPort } from '../../runtime/cell/output/port.ts';
import type { AskQuestion, CellEvent } from '../../runtime/events.ts';

type Of<Type extends CellEvent['type']> = Extract<CellEvent, { readonly type: Type }>;

export interface Recorder {
  readonly port: CellPort;
  readonly events: CellEvent[];
  readonly buffers: (readonly Uint8Array[])[];
  readonly questions: AskQuestion[];
  /** The execution that owns what happens next. */
  execution: number;
  /** Answers to questions; an Error is thrown. */
  answer: unknown;
  /** The events of one type. */
  of<Type extends CellEvent['type']>(type: Type): Of<Type>[];
}

export function createRecorder(): Recorder {
  const recorder: Recorder = {
    events: [],
    buffers: [],
    questions: [],
    execution: 1,
    answer: '',
    of: (type) => recorder.events.filter((event): event is never => event.type === type),
    port: {
      execution: () => recorder.execution,
      send(event, buffers = []) {
        recorder.events.push(event);
        recorder.buffers.push(buffers);
      },
      sendWithNext: (event) => recorder.port.send(event),
      ask: async (question) => answer(question),
      askNow: answer,
    },
  };
  function answer(question: AskQuestion): unknown {
    recorder.questions.push(question);
    if (recorder.answer instanceof Error) throw recorder.answer;
    return recorder.answer;
  }
  return recorder;
}
