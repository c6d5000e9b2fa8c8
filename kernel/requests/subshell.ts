// Requests about subshells, and those that name one (JEP 91). Cells of a subshell run in kernel/queue/subshells.ts.

import type { Message } from '../protocol.ts';
import { field } from './fields.ts';
import type { Handler } from './kernel.ts';

export const createSubshell: Handler = ({ reply }, kernel) => {
  reply({ status: 'ok', subshell_id: kernel.subshells.create() });
};

export const deleteSubshell: Handler = ({ request, reply }, kernel) => {
  const id = field(request.content, 'subshell_id', 'string');
  if (!kernel.subshells.delete(id)) throw unknownSubshell(id);
  reply({ status: 'ok' });
};

export const listSubshell: Handler = ({ reply }, kernel) => {
  reply({ status: 'ok', subshell_id: kernel.subshells.list() });
};

/** The subshell that a shell request names; clients write null where there is none. */
export function subshellOf({ channel, header }: Message): string | undefined {
  const { subshell_id: id } = header;
  return channel === 'shell' && typeof id === 'string' && id !== '' ? id : undefined;
}

/** Answers a request that names a subshell that is not there. */
export const noSuchSubshell: Handler = ({ request }) => {
  throw unknownSubshell(String(request.header.subshell_id));
};

function unknownSubshell(id: string): Error {
  const error = new Error(`there is no subshell '${id}'. It was deleted, or the kernel was restarted.`);
  return Object.assign(error, { name: 'UnknownSubshellError' });
}
