// Servers, processes and signals of cells, through a real kernel.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute(
    "import { coroutine, createSubprocess, getRunningLoop, openConnection, run, sleep, startServer } from 'cokernel'",
  );
});
afterAll(() => kernel.stop());

const text = async (code: string): Promise<unknown> => {
  const { outputs, reply } = await kernel.client.execute(code);
  return reply.content.evalue ?? outputs.at(-1)?.content.data?.['text/plain'];
};

test('a cell cannot handle SIGINT, and is told why; other signals it can', async () => {
  expect(await text("getRunningLoop().addSignalHandler('SIGINT', () => {})")).toBe(
    'SIGINT interrupts the cell, so a cell cannot handle it: catch KeyboardInterrupt at an await',
  );
  expect(
    await text(`let got = false
getRunningLoop().addSignalHandler('SIGUSR2', () => { got = true })
process.kill(process.pid, 'SIGUSR2')
while (!got) await sleep(0.01)
getRunningLoop().removeSignalHandler('SIGUSR2')`),
  ).toBe('true');
});

test('a server that a cell started serves later cells; one of a run is closed at its end', async () => {
  expect(
    await text(`const shout = coroutine(async (reader: any, writer: any) => {
  writer.write(String(await reader.readline()).toUpperCase())
  writer.close()
})
const server = await startServer(shout, '127.0.0.1', 0)
const other = await run((coroutine(async () => await startServer(shout, "127.0.0.1", 0)))())`),
  ).toBeUndefined();
  expect(
    await text(`const [reader, writer] = await openConnection('127.0.0.1', server.port)
writer.write('hello\\n')
const answer = String(await reader.read())
writer.close()
await writer.waitClosed()
server.close()
await server.waitClosed();
[answer, other.isServing()]`),
  ).toBe("[ 'HELLO\\n', false ]");
});
