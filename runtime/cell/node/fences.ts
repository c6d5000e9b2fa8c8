// Fences: how far a cell's output goes in what child processes and addons write on the bare descriptors, which the kernel
// reads by itself.

import { type ExecutionId, fence } from '../../events.ts';
import { writeWhole } from '../output/send.ts';

/** The descriptors that child processes and addons write on. */
const DESCRIPTORS = [1, 2];

/** Writes how far this execution's output goes; returns the descriptors that could be written on. */
export function writeFences(nonce: string, execution: ExecutionId): readonly number[] {
  const bytes = Buffer.from(fence(nonce, execution));
  return DESCRIPTORS.filter((descriptor) => {
    try {
      writeWhole(descriptor, bytes);
      return true;
    } catch {
      return false; // The cell closed it.
    }
  });
}
