// busy → outputs → reply → idle around every request, all with the request as their parent, even where its handler
// throws. Which handler answers a request is decided in route.ts.

import type { ErrorContent, Message } from '../protocol.ts';
import { parentText } from '../wire/wire.ts';
import type { Exchange, Handler, Kernel } from './kernel.ts';

/** Requests that user code answers: what is published for them stays in order with what cells publish. */
const OF_CELLS: ReadonlySet<string> = new Set(['execute_request', 'comm_open', 'comm_msg', 'comm_close']);

/** Runs one handler. Pass `parent` where the request's header has been serialised already. Never rejects. */
export async function answer(
  kernel: Kernel,
  request: Message,
  handler: Handler,
  parent: string = parentText(request.header),
): Promise<void> {
  let replied = false;
  const type = request.header.msg_type;
  const aside = !OF_CELLS.has(type);
  const exchange: Exchange = {
    request,
    parent,
    reply(content) {
      if (replied) throw new Error(`${type} was answered twice`);
      replied = true;
      kernel.wire.send(request, { type: type.replace(/_request$/, '_reply'), content, parent, aside });
    },
    publish: (name, content) => kernel.publish(parent, name, content, { aside }),
  };
  kernel.publish(parent, 'status', { execution_state: 'busy' }, { aside });
  try {
    await handler(exchange, kernel);
  } catch (error) {
    const content = errorContent(error);
    kernel.log(`${type}: ${content.ename}: ${content.evalue}`);
    if (!replied && type.endsWith('_request')) exchange.reply(content);
  } finally {
    kernel.publish(parent, 'status', { execution_state: 'idle' }, { aside });
  }
}

function errorContent(error: unknown): ErrorContent {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { status: 'error', ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
