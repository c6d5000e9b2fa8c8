// What the parts of a cell process need of where they run: a process of Node, or a worker of a page.

import type { ErrorReport } from '../events.ts';
import type { DebuggeeParts } from './debug/offer-debuggee.ts';
import type { DisplayFunctions } from './display/display.ts';
import type { Sources } from './errors/sources.ts';
import type { CellServices } from './execute/execute.ts';
import type { ProcessEvents } from './execute/process-events.ts';
import type { Install } from './globals/install-packages.ts';
import type { Interruptible, InterruptibleHooks } from './interrupt/interruptible.ts';
import type { Loader } from './loader/loader.ts';
import type { CellOutput, OutputParts } from './output/cell-output.ts';
import type { TextPort } from './output/gather-text.ts';
import type { CellPort } from './output/port.ts';

/** What hears of interrupts while the loop is free. */
export interface Hearing extends Pick<Interruptible, 'guard' | 'interrupts'> {
  readonly answered: CellOutput['answered'];
  /** The loop is free: the executing cell is interrupted at its await if that is due. */
  readonly whenFree: () => void;
  /** Goes on with the executing cell if its task has ended. */
  readonly look: () => void;
}

/** Where a cell process runs. Each function is called once, in this order. */
export interface Outside extends Pick<CellServices, 'writeFences'> {
  /** The URL of the folder in which the kernel's own code lies. */
  readonly home: string;
  /** Makes the interrupts, the guard and the limit. */
  interruptible(hooks: InterruptibleHooks): Interruptible;
  /** Opens the way to the kernel, and replaces the console. */
  output(parts: OutputParts): CellOutput;
  /** Makes `jupyter.install`. */
  install(shown: DisplayFunctions): Install;
  readonly events: ProcessEvents;
  /** Lets programs read lines from the person. */
  stdin(port: CellPort, refused: (error: unknown, execution: number) => void): void;
  loader(port: TextPort, sources: Sources): Loader;
  /** Lets a debugger in. */
  debuggee(parts: DebuggeeParts): void;
  /** Passes on what comes while the loop is free. */
  hear(hearing: Hearing): void;
  /** From now on the end of the process is told. */
  tellExit(port: TextPort): void;
  /** Ends the process, which cannot go on. */
  breakDown(reason: string, port: CellPort): void;
  /** Ends the process, which has cleaned up. */
  exit(port: CellPort): void;
}
