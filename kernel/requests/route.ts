// Chooses the handler of each request. Cells are queued and run in order, in each subshell. Every other request is handled at once, even
// while a cell runs. (The idle of a comm message waits for its handler, for a second at most: comm.ts.)

import type { Message } from '../protocol.ts';
import { commClose, commInfo, commMessage, commOpen } from './comm.ts';
import { complete, inspect } from './completion.ts';
import { answer } from './exchange.ts';
import { history } from './history.ts';
import { kernelInfo } from './info.ts';
import { isComplete } from './is-complete.ts';
import type { Handler, Kernel } from './kernel.ts';
import { interrupt, shutdown } from './lifecycle.ts';
import { createSubshell, deleteSubshell, listSubshell, noSuchSubshell, subshellOf } from './subshell.ts';

const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ['kernel_info_request', kernelInfo],
  ['complete_request', complete],
  ['inspect_request', inspect],
  ['is_complete_request', isComplete],
  ['history_request', history],
  ['comm_info_request', commInfo],
  ['comm_open', commOpen],
  ['comm_msg', commMessage],
  ['comm_close', commClose],
  ['interrupt_request', interrupt],
  ['shutdown_request', shutdown],
]);

/** Those that are answered on control alone. */
const CONTROL: ReadonlyMap<string, Handler> = new Map([
  ['create_subshell_request', createSubshell],
  ['delete_subshell_request', deleteSubshell],
  ['list_subshell_request', listSubshell],
]);

/** Handles one message from shell, control or stdin. */
export function route(kernel: Kernel, request: Message): void {
  const type = request.header.msg_type;
  const subshell = subshellOf(request);
  if (request.channel === 'stdin') {
    if (type === 'input_reply') kernel.input.reply(request);
    else kernel.log(`dropped a message on stdin: an input_reply was expected, found ${JSON.stringify(type)}`);
  } else if (subshell !== undefined && !kernel.subshells.has(subshell)) {
    void answer(kernel, request, noSuchSubshell).then(() => kernel.queue.sayBusy());
  } else if (type === 'execute_request' && request.channel === 'shell') {
    if (subshell === undefined) kernel.queue.add(request);
    else kernel.subshells.add(subshell, request);
  } else {
    const onControl = request.channel === 'control' ? CONTROL.get(type) : undefined;
    void answer(kernel, request, onControl ?? HANDLERS.get(type) ?? kernel.handlers.get(type) ?? unknown).then(() =>
      kernel.queue.sayBusy(),
    );
  }
}

/** For a type that the kernel does not know, the protocol requires busy and idle, and no reply. */
const unknown: Handler = ({ request }, kernel) => {
  const { channel, header } = request;
  kernel.log(`no handler for ${JSON.stringify(header.msg_type)} on ${channel}: not answered`);
};
