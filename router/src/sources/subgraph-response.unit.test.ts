import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decompress, parseResponse } from './subgraph-response.ts';

describe('a response', () => {
  test.each([
    ['{"data":{"a":1}}', { data: { a: 1 }, errors: [] }],
    ['{"data":{"a":1},"errors":null,"extensions":{}}', { data: { a: 1 }, errors: [] }],
    ['{"data":null,"errors":[{"message":"m"}]}', { data: null, errors: [{ message: 'm' }] }],
    ['{"errors":[{"message":"m"}]}', { data: null, errors: [{ message: 'm' }] }],
    ['{"data":{"a":1},"errors":[null,"m",{}]}', { data: { a: 1 }, errors: [null, 'm', {}] }],
    ['{"data":{},"errors":[]}', { data: {}, errors: [] }],
    ['\uFEFF{"data":{}}', { data: {}, errors: [] }],
  ])('is read: %s', (text, response) => {
    expect(parseResponse(text, false)).toEqual(response);
  });

  test.each([
    ...['', 'null', '1', '"data"', '[]', '[{"data":{}}]', '<html>', '{"data":{"a":1}', '{"data":{}}}', '{}'],
    ...['{"errors":[]}', '{"data":null}', '{"data":null,"errors":[]}'],
    ...['{"data":{},"errors":{"message":"m"}}', '{"data":{},"errors":"m"}', '{"errors":{"message":"m"}}'],
    ...['{"data":[]}', '{"data":"x"}', '{"data":1,"errors":[{}]}', '{"data":false}', '{"Data":{}}'],
  ])('is none: %s', (text) => {
    expect(parseResponse(text, false)).toBeUndefined();
    expect(parseResponse(text, true)).toBeUndefined();
  });
});

describe('integers beyond 53 bits', () => {
  const text = (number: string) => `{"data":{"text":"1234567890123456","list":[${number}]}}`;

  test.each(['9007199254740993', '-9007199254740993', '123456789012345678901234567890', '9'.repeat(400)])(
    'are kept where that is asked for: %s',
    (number) => {
      expect(JSON.stringify(parseResponse(text(number), true)?.data)).toBe(
        JSON.stringify(JSON.parse(text('0')))
          .replace('{"data":', '')
          .slice(0, -1)
          .replace('[0]', `[${number}]`),
      );
      expect(parseResponse(text(number), false)?.data?.list).toEqual([Number(number)]);
    },
  );

  test.each(['9007199254740991', '1.2345678901234567', '1e30', '12345678901234567.5', '0'])(
    'are not what others are: %s',
    (number) => {
      expect(parseResponse(text(number), true)?.data?.list).toEqual([Number(number)]);
    },
  );
});

describe('content codings', () => {
  const plain = Buffer.from('{"data":{"a":1}}'.padEnd(1_000));
  const coded: [string, Buffer][] = [
    ['identity', plain],
    ['gzip', gzipSync(plain)],
    ['X-GZIP', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
  ];

  test.each(coded)('%s is undone', async (coding, body) => {
    expect(await decompress(body, coding, 1_000)).toEqual(plain);
  });

  test.each(coded.slice(1))('%s is bounded', async (coding, body) => {
    await expect(decompress(body, coding, 999)).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' });
  });

  test.each(coded.slice(1))('%s that is cut off is refused', async (coding, body) => {
    await expect(decompress(body.subarray(0, body.length - 5), coding, 1_000)).rejects.toThrow();
  });

  test('of which there are more than two are refused', async () => {
    const thrice = gzipSync(gzipSync(gzipSync(plain)));
    await expect(decompress(thrice, 'gzip, gzip, gzip', 1_000)).rejects.toThrow('3 content codings');
  });

  test('that are unknown are refused', async () => {
    await expect(decompress(plain, 'gzip, constructor', 1_000)).rejects.toThrow('Unknown content coding');
  });
});
