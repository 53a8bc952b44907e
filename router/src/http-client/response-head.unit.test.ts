import { describe, expect, test } from 'vitest';
import { ProtocolError, readHead } from './response-head.ts';

const head = (...lines: readonly string[]) => readHead(['HTTP/1.1 200 OK', ...lines, ''].join('\r\n'));
const plain = {
  status: 200,
  contentLength: undefined,
  isChunked: false,
  encoding: undefined,
  isPersistent: true,
  keepAliveMs: undefined,
};

describe('a head says', () => {
  test.each<[string, readonly string[], object]>([
    ['nothing', [], {}],
    ['its length', ['content-length: 12'], { contentLength: 12 }],
    ['its length, in any case and with any space', ['Content-LENGTH:\t 12 '], { contentLength: 12 }],
    ['that it is in chunks', ['Transfer-Encoding: Chunked'], { isChunked: true }],
    ['its codings', ['content-encoding: gzip', 'x: y', 'content-encoding: br'], { encoding: 'gzip, br' }],
    ['that the connection ends', ['connection: x, Close'], { isPersistent: false }],
    ['how long the connection stays', ['Keep-Alive: timeout=5, max=100'], { keepAliveMs: 5_000 }],
    ['nothing that counts by another name', ['content-lengths: 1', 'keep-alivf: timeout=5'], {}],
    ['something empty', ['x:'], {}],
  ])('%s', (_name, lines, said) => {
    expect(head(...lines)).toEqual({ ...plain, ...said });
  });

  test.each([
    ['HTTP/1.0 200 OK\r\n', false],
    ['HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n', true],
    ['HTTP/1.1 200\r\n', true],
  ])('by its version whether the connection stays: %j', (text, isPersistent) => {
    expect(readHead(text)).toEqual({ ...plain, isPersistent });
  });

  test.each([100, 103, 204, 304])('by its status %d that it has no body', (status) => {
    const chunked = readHead(`HTTP/1.1 ${status} X\r\ntransfer-encoding: chunked\r\n`);
    expect(chunked).toEqual({ ...plain, status, contentLength: 0 });
    const long = readHead(`HTTP/1.1 ${status} X\r\ncontent-length: 5\r\n`);
    expect(long).toEqual({ ...plain, status, contentLength: 0 });
  });
});

describe('a head is refused', () => {
  test.each([
    ['without a status line', 'HTTP/2 200\r\n'],
    ['with a status of two digits', 'HTTP/1.1 20 OK\r\n'],
    ['with a status that goes on', 'HTTP/1.1 2000 OK\r\n'],
    ['that is of another protocol', '220 mail.example.com ESMTP\r\n'],
    ['whose line ends by LF', 'HTTP/1.1 200 OK\r\nx: 1\ncontent-length: 5\r\n'],
    ['whose status line ends by LF', 'HTTP/1.1 200 OK\ncontent-length: 5\r\n'],
    ['with a folded line', 'HTTP/1.1 200 OK\r\nx: 1\r\n content-length: 5\r\n'],
    ['with a space before a colon', 'HTTP/1.1 200 OK\r\ncontent-length : 5\r\n'],
    ['with a line without a colon', 'HTTP/1.1 200 OK\r\nx\r\ny: 1\r\n'],
    ['with a field without a name', 'HTTP/1.1 200 OK\r\n: 1\r\n'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n'],
    ['with an empty length', 'HTTP/1.1 200 OK\r\ncontent-length:\r\n'],
    ['with a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n'],
    ['with a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: 0x5\r\n'],
    ['with a length beyond all numbers', `HTTP/1.1 200 OK\r\ncontent-length: ${'9'.repeat(16)}\r\n`],
    ['with a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n'],
    ['with chunks twice', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n'],
    ['with another transfer coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n'],
    ['with chunks of HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n'],
  ])('%s', (_name, text) => {
    expect(() => readHead(text)).toThrow(ProtocolError);
  });
});
