// What runtime/picture gets from the cell process: displays, a comm for its buttons, the source of the cells, and what
// they print.

import { processId, variable } from '#host/process';
import type { Host } from '../../picture/record/picture-host.ts';
import type { Sources } from '../errors/traceback.ts';
import { currentOwner, hasOwner, isReplaced, type Owner } from '../interrupt/owner.ts';
import type { TextPort } from '../output/gather-text.ts';
import type { Jupyter } from './jupyter.ts';

/** The notebook as runtime/picture sees it. */
export function pictureHost(
  { display, Comm }: Pick<Jupyter, 'display' | 'Comm'>,
  { sourceOf }: Sources,
  { hear }: Pick<TextPort, 'hear'>,
  stopHere: Host['stopHere'],
): Host {
  let count = 0;
  let bringing: Owner | undefined;
  return {
    sourceOf,
    hear,
    kernel: variable('COKERNEL_KERNEL_ID') ?? '',
    onlyWidgets: ['vscode', 'jupyterlite', 'page'].includes(variable('COKERNEL_CLIENT') ?? ''),
    stopHere,
    bringsPlayer() {
      // What a debugger shows is in no cell's output.
      if (!hasOwner()) return true;
      const owner = currentOwner();
      if (bringing === undefined || isReplaced(bringing)) bringing = owner;
      // All figures of that cell bring it, because one may replace another.
      return bringing.execution === owner.execution;
    },
    show: (value) => display(value),
    showLive: (value) => display(value, { displayId: `cokernel-picture-${processId}-${++count}` }),
    listen(target, call) {
      Comm.registerTarget(target, (comm, { data }) => {
        comm.onMessage((message) => call(message.data, comm));
        call(data, comm);
      });
    },
  };
}
