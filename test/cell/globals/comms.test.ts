// Comms in both directions.

import { expect, test } from '@jest/globals';
import { type CommMessage, createComms } from '../../../runtime/cell/globals/comms.ts';
import { createOwner, enterOwner } from '../../../runtime/cell/interrupt/owner.ts';
import { createRecorder } from '../recorder.ts';

/** `told`: what handlers threw, after the name of the cell that registered them. */
function start() {
  const recorder = createRecorder();
  const told: string[] = [];
  const comms = createComms(recorder.port, (call, owner) => {
    try {
      call();
    } catch (error) {
      told.push(`${owner.name}: ${(error as Error).message}`);
    }
    return told.at(-1)?.endsWith('interrupted') !== true;
  });
  return { recorder, told, ...comms };
}

test('a new comm opens, sends with buffers, and closes once', () => {
  const { Comm, recorder } = start();
  const comm = new Comm('widget', { data: { value: 1 }, metadata: { version: 2 } });
  expect(comm).toBeInstanceOf(Comm);
  const bytes = new Uint8Array([1]);
  comm.send({ value: 2 }, { buffers: [bytes] });
  expect(() => comm.send({}, { buffers: bytes as never })).toThrow('a list of Uint8Array was expected as buffers');
  comm.close();
  comm.close();
  const { commId } = comm;
  expect(recorder.events).toEqual([
    { type: 'comm_open', execution: 1, commId, targetName: 'widget', data: { value: 1 }, metadata: { version: 2 } },
    { type: 'comm_msg', execution: 1, commId, data: { value: 2 }, metadata: {} },
    { type: 'comm_close', execution: 1, commId, data: {}, metadata: {} },
  ]);
  expect(recorder.buffers[1]).toEqual([bytes]);
  expect(() => comm.send(1)).toThrow("Comm 'widget' is closed. Open another: new Comm('widget').");
});

test('messages and the closing by the front end reach their handlers', () => {
  const { Comm, receive } = start();
  const comm = new Comm('widget');
  const seen: CommMessage[] = [];
  const stop = comm.onMessage((message) => seen.push(message));
  comm.onClose((message) => seen.push(message));
  const { commId } = comm;
  const bytes = new Uint8Array([2]);
  receive({ type: 'comm_msg', execution: 1, commId, data: 'a' }, [bytes]);
  stop();
  receive({ type: 'comm_msg', execution: 1, commId, data: 'b' }, []);
  receive({ type: 'comm_close', execution: 1, commId, data: 'c' }, []);
  expect(seen.map(({ data }) => data)).toEqual(['a', 'c']);
  expect(seen[0]).toEqual({ data: 'a', metadata: {}, buffers: [bytes] });
  expect(comm.closed).toBe(true);
  receive({ type: 'comm_msg', execution: 1, commId, data: 'late' }, []);
});

test('the front end opens a comm to a registered target', () => {
  const { Comm, receive, recorder } = start();
  const withdraw = Comm.registerTarget('mine', (comm, { data }) => comm.send({ got: data }));
  receive({ type: 'comm_open', execution: 1, commId: 'c1', targetName: 'mine', data: 5 }, []);
  expect(recorder.events).toMatchObject([{ type: 'comm_msg', commId: 'c1', data: { got: 5 } }]);
  withdraw();
  receive({ type: 'comm_open', execution: 1, commId: 'c2', targetName: 'mine', data: {} }, []);
  expect(recorder.events[1]).toMatchObject({ type: 'comm_close', commId: 'c2' });
});

test('a comm whose target fails is closed, and the failure is told under the cell that registered the target', () => {
  const { Comm, receive, recorder, told } = start();
  enterOwner(createOwner(3, 'Cell [3]'));
  Comm.registerTarget('mine', () => {
    throw new Error('no');
  });
  enterOwner(createOwner(4, 'Cell [4]'));
  receive({ type: 'comm_open', execution: 1, commId: 'c', targetName: 'mine', data: {} }, []);
  expect(told).toEqual(['Cell [3]: no']);
  expect(recorder.events).toMatchObject([{ type: 'comm_close', commId: 'c' }]);
});

test('all handlers are called even if one fails, each as caused by the cell that registered it', () => {
  const { Comm, receive, told } = start();
  enterOwner(createOwner(3, 'Cell [3]'));
  const comm = new Comm('widget');
  comm.onMessage(() => {
    throw new Error('first');
  });
  enterOwner(createOwner(4, 'Cell [4]'));
  comm.onMessage(({ data }) => {
    throw new Error(String(data));
  });
  receive({ type: 'comm_msg', execution: 1, commId: comm.commId, data: 'second' }, []);
  expect(told).toEqual(['Cell [3]: first', 'Cell [4]: second']);
});

test('after an interrupted handler nothing more of the message is handled', () => {
  const { Comm, receive, told } = start();
  const comm = new Comm('widget');
  comm.onMessage(() => {
    throw new Error('interrupted');
  });
  comm.onMessage(() => {
    throw new Error('called all the same');
  });
  receive({ type: 'comm_msg', execution: 1, commId: comm.commId, data: 1 }, []);
  expect(told).toHaveLength(1);
});

test('anything that is not a name or a function is refused', () => {
  const { Comm } = start();
  expect(() => new Comm(undefined as never)).toThrow(/the name of a comm target was expected, got undefined/);
  expect(() => Comm.registerTarget('x', 3 as never)).toThrow(/a function was expected, got 3/);
});
