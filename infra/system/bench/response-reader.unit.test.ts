import { expect, test } from 'vitest';
import { type Response, ResponseReader } from './response-reader.ts';

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":{}}';
const chunked =
  'HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{"data\r\n5\r\n":{}}\r\n0\r\n\r\n';

const shown = (response: Response | undefined) =>
  response && { ...response, parts: Buffer.concat(response.parts).toString() };

const expected = (text: string, status: number) => ({
  status,
  head: text.slice(0, text.indexOf('\r\n\r\n')),
  bytes: 11,
  parts: '{"data":{}}',
});

test.each([
  { name: 'with a length', text: withLength, status: 200 },
  { name: 'in chunks', text: chunked, status: 400 },
])('a response $name is read wherever it is split, and so is the next one', ({ text, status }) => {
  for (let split = 1; split < text.length; split += 1) {
    const reader = new ResponseReader();
    for (const _ of ['first', 'second']) {
      expect(reader.read(Buffer.from(text.slice(0, split)))).toBeUndefined();
      expect(shown(reader.read(Buffer.from(text.slice(split))))).toEqual(expected(text, status));
    }
  }
});

test('a response that comes in single bytes is read', () => {
  const reader = new ResponseReader();
  const found = Array.from(chunked, (byte) => reader.read(Buffer.from(byte)));
  expect(found.filter(Boolean).map(shown)).toEqual([expected(chunked, 400)]);
});
