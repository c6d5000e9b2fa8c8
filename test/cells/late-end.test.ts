// The kernel hears of a cell's end late: the next one runs already.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { CellToRun } from '../../kernel/process/cell-process.ts';
import { createCellProcess } from '../../kernel/process/create-cell-process.ts';
import { createDescriptors } from '../../kernel/process/descriptors.ts';
import { spawnCell } from '../../kernel/process/spawn.ts';
import type { CellEvent } from '../../runtime/events.ts';

const folder = mkdtempSync(join(tmpdir(), 'cokernel-late-end-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cell = (execution: number, body: string): CellToRun => ({
  type: 'execute',
  execution,
  count: execution,
  source: body,
  compiled: { code: `function* (__cell, __co) { ${body} }`, map: '', declares: [] },
  expressions: {},
  silent: false,
  storeHistory: true,
  allowStdin: false,
  stopOnError: true,
});

test('an interrupt stops what runs while the end of the cell before is not known yet', async () => {
  const main = new URL('../../runtime/cell/main.ts', import.meta.url);
  const said: CellEvent[] = [];
  const held: (() => void)[] = [];
  const cellProcess = createCellProcess({
    spawn: (nonce, listener) =>
      spawnCell({ directory: folder, memoryLimit: 4_096, main, log: () => {} }, nonce, listener),
    descriptors: (nonce, print) => ({
      ...createDescriptors(nonce, print),
      afterRead: (resume) => void held.push(resume),
    }),
    memoryLimit: 4_096,
    sink: (event) => void said.push(event),
    restarted: () => {},
    log: () => {},
  });
  cellProcess.start();
  const mark = join(folder, 'spinning');
  const first = cellProcess.putInFlight(cell(1, ''));
  const spins = `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(mark)}, ''); console.log('spins'); for (;;) {}`;
  const second = cellProcess.putInFlight(cell(2, spins));
  const third = cellProcess.putInFlight(cell(3, ''));
  const firstEnd = first.beginTurn();
  while (!existsSync(mark)) await new Promise((resolve) => setImmediate(resolve));
  const early = said.some((event) => event.type === 'stream');
  void cellProcess.interrupt();
  while (held.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (const resume of held.splice(0)) resume();
  expect(await firstEnd).toEqual({ status: 'ok', expressions: {} });
  expect(early).toBe(false);
  expect(await second.beginTurn()).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
  expect(said).toContainEqual({ type: 'stream', execution: 2, name: 'stdout', text: 'spins\n' });
  expect(third.isUnrun()).toBe(true);
  await cellProcess.shutdown();
});
