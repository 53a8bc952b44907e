import { expect, test } from 'vitest';
import { partsOf } from './multipart.ts';

const TYPE = 'multipart/mixed;boundary="graphql";deferSpec=20220824';
const part = (json: string) =>
  `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--graphql`;
const TEXT = `--graphql${part('{"data":{"name":"강남"},"hasNext":true}')}${part('{"hasNext":false}')}--\r\n`;

/** A stream of chunks of so many bytes. */
function streamed(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

test.each([1, 7, 10_000])('parts come whole, in chunks of %i bytes', async (size) => {
  const parts: string[] = [];
  for await (const json of partsOf(streamed(TEXT, size), TYPE)) parts.push(json);
  expect(parts).toEqual(['{"data":{"name":"강남"},"hasNext":true}', '{"hasNext":false}']);
});

test('a part is there before the next one begins', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const parts = partsOf(readable, TYPE);
  void writer.write(new TextEncoder().encode(`--graphql${part('{"hasNext":true}')}`));
  expect(await parts.next()).toEqual({ done: false, value: '{"hasNext":true}' });
  await parts.return(undefined);
});
