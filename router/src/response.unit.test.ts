import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { leaveSignal, whenOver } from './response.ts';

test('a response that no connection has begun to send is over when its connection closes, once', async () => {
  const socket = new Socket();
  const response = new ServerResponse(new IncomingMessage(socket));
  let times = 0;
  whenOver({ socket }, response, () => {
    times += 1;
  });
  const leaving = leaveSignal(response);
  expect(leaving.aborted).toBe(false);
  socket.destroy();
  await once(socket, 'close');
  expect(times).toBe(1);
  expect(leaving.aborted).toBe(true);
  response.emit('close');
  expect(times).toBe(1);
});

test('one whose connection has closed already is over at once', () => {
  const socket = new Socket().destroy();
  expect(leaveSignal(new ServerResponse(new IncomingMessage(socket))).aborted).toBe(true);
});
