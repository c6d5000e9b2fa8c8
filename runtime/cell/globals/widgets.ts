// What runtime/widgets gets from the cell process: channels to the front end's widgets, owners, displays, timers.

import { clearTimeout, setTimeout } from '#host/native-timers';
import { processId } from '#host/process';
import type { WidgetChannel, WidgetHost } from '../../widgets/model/widget-host.ts';
import { render } from '../display/render.ts';
import type { Guard } from '../interrupt/guard.ts';
import { asOwner, currentOwner, type Owner } from '../interrupt/owner.ts';
import type { Comm } from './comms.ts';
import type { JupyterSide } from './jupyter.ts';

/** The notebook as runtime/widgets sees it. */
export function cellWidgets(
  { jupyter: { display }, comms, behind }: Pick<JupyterSide, 'jupyter' | 'comms' | 'behind'>,
  guard: Pick<Guard, 'asKernel'>,
  errors: Pick<WidgetHost, 'report' | 'traceback'>,
): WidgetHost {
  let count = 0;
  return {
    open: (target, opening, ends) => channelOf(comms.connect(target, opening, ends)),
    serve: (target, call) => comms.serve(target, (comm) => call(channelOf(comm))),
    cause: currentOwner,
    asCause: (cause, call) => asOwner(cause as Owner, call),
    ...errors,
    bundle: (value) => render(value),
    show: (value) => display(value),
    showLive: (value) => display(value, { displayId: `cokernel-widgets-${processId}-${++count}` }),
    later(milliseconds, call) {
      const timer = setTimeout(() => guard.asKernel(call), milliseconds);
      return () => clearTimeout(timer);
    },
    beforeEnd: behind,
  };
}

function channelOf(comm: Comm): WidgetChannel {
  return {
    id: comm.commId,
    // A page may have closed it in the meantime.
    send: (data, buffers) => void (comm.closed || comm.send(data, { buffers })),
    close: () => comm.close(),
  };
}
