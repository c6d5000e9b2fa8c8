// A cell process that is being shut down: what comes now begins nothing.

import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import type { CellToRun } from '../../kernel/process/cell-process.ts';
import { createCellProcess } from '../../kernel/process/create-cell-process.ts';

test('a cell that comes while the kernel ends starts no other process, and has not run', async () => {
  const log: string[] = [];
  const cellProcess = createCellProcess({
    directory: tmpdir(),
    memoryLimit: 4_096,
    sink: () => {},
    main: new URL('../../runtime/cell/main.ts', import.meta.url),
    restarted: () => log.push('restarted'),
    log: (line) => log.push(line),
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
