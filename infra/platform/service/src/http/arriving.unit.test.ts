import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Arriving } from './arriving.ts';

const MiB = 1024 * 1024;

function openArriving(all = { bytes: 0 }) {
  const socket = Object.assign(new EventEmitter(), { CLOSED: 3, readyState: 1, terminate: () => close() });
  const connection = new EventEmitter();
  const close = () => {
    socket.readyState = socket.CLOSED;
    socket.emit('close');
  };
  // Of both it uses these alone.
  const arriving = new Arriving(socket as unknown as WebSocket, connection as unknown as Duplex, all);
  return {
    all,
    arriving,
    close,
    isOpen: () => socket.readyState === 1,
    comes: (bytes: number) => connection.emit('data', Buffer.alloc(bytes)),
    isWhole: (bytes: number, what = 'message') => socket.emit(what, Buffer.alloc(bytes)),
  };
}

test.each([
  ['message', 100, 106],
  ['message', 126, 134],
  ['message', 65_536, 65_550],
  ['pong', 4, 10],
  ['ping', 0, 6],
])('A %s of %i bytes came in %i, with the header of its frame', (what, bytes, onTheWire) => {
  const { all, comes, isWhole } = openArriving();
  comes(onTheWire + 7);
  isWhole(bytes, what);
  expect(all.bytes).toBe(7);
});

test('What has come of messages of all is bounded: who sends more of one is closed, but for small ones', () => {
  const all = { bytes: 0 };
  const [many, one, small] = [openArriving(all), openArriving(all), openArriving(all)];
  many.comes(32 * MiB);
  small.comes(4096);
  expect([many, small].map(({ isOpen }) => isOpen())).toEqual([true, true]);
  one.comes(4097);
  expect(one.isOpen()).toBe(false);
  many.comes(1);
  expect(many.isOpen()).toBe(false);
  expect(all.bytes).toBe(4096);
  one.comes(4097);
  expect(all.bytes).toBe(4096);
});

test('A message that is unfinished from one time to the next is stuck, whatever pongs come between', () => {
  const { arriving, comes, isWhole } = openArriving();
  expect(arriving.isStuck()).toBe(false);
  comes(5_000);
  expect(arriving.isStuck()).toBe(false);
  comes(6);
  isWhole(0, 'pong');
  expect(arriving.isStuck()).toBe(true);
  isWhole(4_992);
  comes(5_000);
  expect(arriving.isStuck()).toBe(false);
});
