// A cell process that is being shut down: what comes now begins nothing.

import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import type { CellToRun } from '../../kernel/process/cell-process.ts';
import { createCellProcess } from '../../kernel/process/create-cell-process.ts';
import { createDescriptors } from '../../kernel/process/descriptors.ts';
import { spawnCell } from '../../kernel/process/spawn.ts';

test('a cell that comes while the kernel ends starts no other process, and has not run', async () => {
  const log: string[] = [];
  const told = (line: string) => void log.push(line);
  const main = new URL('../../runtime/cell/main.ts', import.meta.url);
  const cellProcess = createCellProcess({
    spawn: (nonce, listener) =>
      spawnCell({ directory: tmpdir(), memoryLimit: 4_096, main, log: told }, nonce, listener),
    descriptors: createDescriptors,
    memoryLimit: 4_096,
    sink: () => {},
    restarted: () => log.push('restarted'),
    log: told,
  });
  cellProcess.start();
  const cell: CellToRun = {
    type: 'execute',
    execution: 1,
    count: 1,
    source: '1',
    compiled: { code: 'function* () {}', map: '', declares: [] },
    expressions: {},
    silent: false,
    storeHistory: true,
    allowStdin: false,
    stopOnError: true,
  };
  const ended = cellProcess.shutdown();
  const during = cellProcess.putInFlight(cell).beginTurn();
  await ended;
  const after = cellProcess.putInFlight({ ...cell, execution: 2 }).beginTurn();
  expect(await Promise.all([during, after])).toEqual([{ status: 'unrun' }, { status: 'unrun' }]);
  expect(cellProcess.busy()).toBe(false);
  expect(log).toEqual([]);
});
