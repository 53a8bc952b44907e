import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from './response-head.ts';
import { ResponseReader } from './response-reader.ts';
import { cutAt, cuts, damaged, responses } from './responses.fixture.ts';

/** Reads what comes in these pieces, each of them from the place where the one before was. */
function read(pieces: readonly Buffer[], isEnd = false) {
  const said: { status: number; body: string }[] = [];
  let received = 0;
  const reader = new ResponseReader({
    received: (bytes) => {
      received += bytes;
    },
    ended: ({ status }, body) => void said.push({ status, body: body.toString('latin1') }),
  });
  const place = Buffer.alloc(Math.max(0, ...pieces.map(({ length }) => length)));
  let hasMore = false;
  for (const piece of pieces) {
    if (said.length > 0) hasMore ||= piece.length > 0;
    else {
      piece.copy(place);
      hasMore = reader.read(place.subarray(0, piece.length));
      place.fill('x');
    }
  }
  const isWhole = isEnd ? reader.end() : said.length > 0;
  return { said, received, hasMore, isWhole };
}

const whole = (text: string) => [Buffer.from(text, 'latin1')];
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

describe('a response', () => {
  test('is the same however it is cut', () => {
    fc.assert(
      fc.property(responses, cuts, ({ text, status, body, isOpen }, places) => {
        const result = read(cutAt(text, places), isOpen);
        expect(result).toEqual({
          said: [{ status, body }],
          received: body.length,
          hasMore: false,
          isWhole: true,
        });
      }),
    );
  });

  test('that is not whole is none', () => {
    fc.assert(
      fc.property(responses, fc.nat(), ({ text, isOpen }, place) => {
        fc.pre(!isOpen);
        const { said, isWhole } = read(whole(text.slice(0, place % text.length)), true);
        expect({ said, isWhole }).toEqual({ said: [], isWhole: false });
      }),
    );
  });

  test('with something behind it is followed by more', () => {
    fc.assert(
      fc.property(responses, cuts, ({ text, status, body, isOpen }, places) => {
        fc.pre(!isOpen);
        const { said, hasMore } = read(cutAt(`${text}H`, places));
        expect({ said, hasMore }).toEqual({ said: [{ status, body }], hasMore: true });
      }),
    );
  });

  test('that is damaged is refused, or is one', () => {
    fc.assert(
      fc.property(damaged, cuts, ({ text }, places) => {
        try {
          expect(read(cutAt(text, places), true).said.length).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
    );
  });
});

describe('a response is refused', () => {
  test.each([
    ['whose chunk is longer than its size', `${CHUNKED}1\r\nab\r\n0\r\n\r\n`],
    ['whose chunk has no size', `${CHUNKED}\r\na\r\n0\r\n\r\n`],
    ['whose chunk has a size that is no number', `${CHUNKED}1x\r\na\r\n0\r\n\r\n`],
    ['whose chunk has a size beyond all numbers', `${CHUNKED}100000000\r\n`],
    ['whose chunk ends by LF', `${CHUNKED}1\na\r\n0\r\n\r\n`],
    ['that changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
    ['whose head is too long', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['which too much comes before', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(700)],
    ['which too much comes behind', `${CHUNKED}0\r\n${'x: y\r\n'.repeat(5_000)}`],
    ['whose chunks have too many extensions', CHUNKED + `1;${'y'.repeat(9_000)}\r\na\r\n`.repeat(2)],
    ['whose head does not end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`],
    ['whose line between chunks does not end', `${CHUNKED}1;${'y'.repeat(20_000)}`],
  ])('%s', (_name, text) => {
    expect(() => read(whole(text))).toThrow(ProtocolError);
    expect(() => read(cutAt(text, [10, 52, 60, 9_000]))).toThrow(ProtocolError);
  });
});
