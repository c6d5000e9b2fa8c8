// Fences: where a cell's output ends and that of the next begins, in what child processes and addons write on the bare
// descriptors, which the kernel reads by itself.

import { type ExecutionId, fence } from '../../events.ts';
import { writeWhole } from '../output/send.ts';

/** The descriptors that child processes and addons write on. */
const DESCRIPTORS = [1, 2];

/** Writes that this execution's output is over. */
export function writeFences(nonce: string, execution: ExecutionId): void {
  const bytes = Buffer.from(fence(nonce, execution));
  for (const descriptor of DESCRIPTORS) {
    try {
      writeWhole(descriptor, bytes);
    } catch {
      // A cell closed it.
    }
  }
}
