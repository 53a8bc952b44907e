import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Unsent } from './unsent.ts';

/** What `ws` does of a socket whose client reads nothing until it is told to. */
class Unread extends EventEmitter {
  isPaused = false;
  readonly #taken: ((error?: Error) => void)[] = [];
  send(_message: string, taken: (error?: Error) => void): void {
    this.#taken.push(taken);
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  read(count = this.#taken.length): void {
    for (const taken of this.#taken.splice(0, count)) taken();
  }
  close(): void {
    this.emit('close');
    for (const taken of this.#taken.splice(0)) taken(new Error('closed'));
  }
}

function openUnread(all = { count: 0 }) {
  const socket = new Unread();
  let heard = 0;
  // Of a socket it uses these alone.
  const unsent = new Unsent(socket as unknown as WebSocket, all, () => {
    heard += 1;
  });
  const send = (count: number) => Array.from({ length: count }, () => unsent.send('a'));
  return { socket, unsent, send, all, heard: () => heard };
}

test('A client is not read while it leaves many messages, and read again when it has read them', () => {
  const { socket, unsent, send, heard } = openUnread();
  send(16);
  expect([socket.isPaused, unsent.answers()]).toEqual([false, true]);
  send(1);
  expect(socket.isPaused).toBe(true);
  const beyond = Array.from({ length: 65 }, () => unsent.answers());
  expect(beyond).toEqual([...Array.from({ length: 64 }, () => true), false]);
  socket.read(1);
  expect([socket.isPaused, unsent.answers(), heard()]).toEqual([false, true, 1]);
  socket.read();
  send(1);
  expect([unsent.answers(), heard()]).toEqual([true, 1]);
});

test('What others leave counts for those alone who leave much themselves, until they have closed', async () => {
  const all = { count: 0 };
  const [many, few, other] = [openUnread(all), openUnread(all), openUnread(all)];
  const sent = many.send(50_000);
  few.send(1);
  other.send(17);
  expect([few.unsent.answers(), other.unsent.answers()]).toEqual([true, false]);
  many.socket.close();
  await Promise.all(sent);
  expect(other.unsent.answers()).toBe(true);
  few.socket.read();
  other.socket.close();
  expect(all.count).toBe(0);
});
