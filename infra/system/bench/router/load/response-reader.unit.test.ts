import { expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":{}}';
const chunked =
  'HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{"data\r\n5\r\n":{}}\r\n0\r\n\r\n';

test.each([
  { name: 'with a length', text: withLength, status: 200 },
  { name: 'in chunks', text: chunked, status: 400 },
])('a response $name is read wherever it is split, and so is the next one', ({ text, status }) => {
  for (let split = 1; split < text.length; split += 1) {
    const reader = new ResponseReader();
    for (const _ of ['first', 'second']) {
      expect(reader.read(Buffer.from(text.slice(0, split)))).toBeUndefined();
      expect(reader.read(Buffer.from(text.slice(split)))).toEqual({ status, bytes: 11 });
    }
  }
});

test('a response that comes in single bytes is read', () => {
  const reader = new ResponseReader();
  const found = Array.from(chunked, (byte) => reader.read(Buffer.from(byte)));
  expect(found.filter(Boolean)).toEqual([{ status: 400, bytes: 11 }]);
});
