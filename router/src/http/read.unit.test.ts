import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import { HttpRefusal } from '@airline/service/server';
import { expect, test } from 'vitest';
import { startAdmission } from '../admission/admission.fixture.ts';
import { readBody } from './read.ts';

/** Reads a body of bytes that come one by one, all in one buffer that is written into again: who keeps it keeps the last. */
function read(
  text: string,
  contentLength?: number,
  limit = 10_000,
  request = new IncomingMessage(new Socket()),
): Buffer | HttpRefusal | undefined {
  if (contentLength !== undefined) request.headers['content-length'] = String(contentLength);
  let body: Buffer | HttpRefusal | undefined;
  const done = (result: Buffer | HttpRefusal) => {
    body = result;
  };
  readBody({ request, response: new ServerResponse(request) }, limit, done, startAdmission().entered('a'));
  const chunk = Buffer.alloc(1);
  for (const character of text) {
    chunk.write(character);
    request.emit('data', chunk);
  }
  request.emit('end');
  return body;
}

const text = Array.from({ length: 1_000 }, (_, index) => `${index}`).join();

test.each([
  ['of unknown length', undefined],
  ['of known length', text.length],
  ['that is longer than it says', 5],
])('no chunk of a body is kept, but its bytes: %s', (_what, length) => {
  expect(String(read(text, length))).toBe(text);
});

test('a body without bytes is empty, and one beyond the limit is refused', () => {
  expect(read('')).toHaveLength(0);
  expect(read(text, undefined, text.length - 1)).toBeInstanceOf(HttpRefusal);
});

test('nothing of a body is held once it is handed on, as long as its request lives', async () => {
  const request = new IncomingMessage(new Socket());
  const bytesOf = (body: ReturnType<typeof read>) =>
    new WeakRef(body instanceof Buffer ? body.buffer : expect.fail('it is refused'));
  const bytes = bytesOf(read(text, undefined, undefined, request));
  // What a WeakRef is made of lives until the end of the turn.
  await turn();
  queryObjects(IncomingMessage, { format: 'count' });
  expect(bytes.deref()?.byteLength).toBeUndefined();
  expect(request).toBeInstanceOf(IncomingMessage);
});
