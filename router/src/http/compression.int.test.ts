import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import * as zlib from 'node:zlib';
import { defaultLimits } from '@airline/service/server';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMPRESSED_FROM } from './compression.ts';
import { decoders } from './decoders.ts';
import { startFront } from './http.fixture.ts';

/** Posts a body, and reads the response's as it comes over the wire; fetch would decompress it. */
async function post(url: string, body: string | Buffer, headers: Record<string, string>) {
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

const asking = (name: string) => JSON.stringify({ query: `{ hello(name: "${name}") }` });
const answer = (name: string) => JSON.stringify({ data: { hello: `Hello, ${name}` } });
const long = 'Ada '.repeat(COMPRESSED_FROM / 4);

const decode = {
  zstd: zlib.zstdDecompressSync,
  br: zlib.brotliDecompressSync,
  gzip: zlib.gunzipSync,
};

describe('a response', () => {
  test.each([
    ['zstd', 'zstd'],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['GZIP;q=0.9, br;q=0.8', 'gzip'],
    ['zstd;q=0, *', 'br'],
    ['br;q=0.5, identity;q=0.2', 'br'],
  ] as const)('is compressed as %s asks for', async (accepted, coding) => {
    const { server } = await startFront();
    const { headers, body } = await post(server.url, asking(long), { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body.length).toBeLessThan(COMPRESSED_FROM / 2);
    expect(decode[coding](body).toString()).toBe(answer(long));
  });

  test.each([
    ['without the header', {}],
    ['of nothing', { 'accept-encoding': '' }],
    ['of what is unknown', { 'accept-encoding': 'deflate, compress' }],
    ['of none', { 'accept-encoding': 'gzip;q=0, br;q=0' }],
    ['of identity first', { 'accept-encoding': 'gzip;q=0.5, identity' }],
  ])('is not compressed for a client %s', async (_what, accepted) => {
    const { server } = await startFront();
    const { headers, body } = await post(server.url, asking(long), accepted);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('Accept-Encoding');
    expect(body.toString()).toBe(answer(long));
  });

  test('that is short is not compressed', async () => {
    const { server } = await startFront();
    const name = 'a'.repeat(COMPRESSED_FROM - answer('').length - 1);
    const short = await post(server.url, asking(name), { 'accept-encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.headers.vary).toBeUndefined();
    const longer = await post(server.url, asking(`${name}a`), { 'accept-encoding': 'gzip' });
    expect(longer.headers['content-encoding']).toBe('gzip');
  });

  test('that caches may keep varies by all that it depends on', async () => {
    const { get } = await startFront({ cacheSeconds: 60, corsOrigins: ['*'] });
    const { headers, body } = await get({ query: `{ hello(name: "${long}") }` });
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(headers.get('vary')).toBe('Origin, Accept, Authorization, Accept-Encoding');
    expect(body).toEqual(JSON.parse(answer(long)));
  });
});

describe('a request', () => {
  const encoders: Readonly<Record<string, (body: Buffer) => Buffer>> = {
    gzip: zlib.gzipSync,
    'x-gzip': zlib.gzipSync,
    GZIP: zlib.gzipSync,
    br: zlib.brotliCompressSync,
    zstd: zlib.zstdCompressSync,
    deflate: zlib.deflateSync,
    identity: (body) => body,
  };
  const codings = Object.entries(encoders).map(([coding, encode]) => ({ coding, encode }));

  test.each(codings)('may come as $coding', async ({ coding, encode }) => {
    const { server } = await startFront();
    const sent = encode(Buffer.from(asking('Ada')));
    const { status, body } = await post(server.url, sent, { 'content-encoding': coding });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: answer('Ada') });
  });

  test.each(codings)(
    'of $coding that is too large is refused, once decompressed',
    async ({ coding, encode }) => {
      const { server, query, log } = await startFront();
      const bomb = encode(Buffer.alloc(100 * defaultLimits.bodyBytes, ' '));
      if (coding !== 'identity') expect(bomb.length).toBeLessThan(defaultLimits.bodyBytes);
      const { status, body } = await post(server.url, bomb, { 'content-encoding': coding });
      expect(status).toBe(413);
      expect(body.toString()).toContain('PAYLOAD_TOO_LARGE');
      expect((await query('{ hello }')).status).toBe(200);
      expect(log).toEqual([]);
    },
  );

  test.each(
    codings
      .filter(({ coding }) => coding !== 'identity')
      .flatMap(({ coding, encode }) => [
        { what: 'is none', coding, sent: Buffer.from(asking('Ada')) },
        { what: 'ends too soon', coding, sent: encode(Buffer.from(asking('Ada'))).subarray(0, -6) },
      ]),
  )('of $coding that $what is refused', async ({ coding, sent }) => {
    const { server, log } = await startFront();
    const { status, body } = await post(server.url, sent, { 'content-encoding': coding });
    expect(status).toBe(400);
    expect(JSON.parse(body.toString()).errors[0]).toMatchObject({
      message: expect.stringContaining('not valid'),
      extensions: { code: 'BAD_REQUEST' },
    });
    expect(log).toEqual([]);
  });

  test('is decompressed when it is its turn, and not once its client has left', async () => {
    const { server, log } = await startFront();
    const others = Promise.withResolvers<void>();
    onTestFinished(() => others.resolve());
    for (let count = 0; count < 4; count += 1) decoders.enter('other', () => others.promise);
    const headers = { 'content-encoding': 'gzip' };
    const waiting = post(server.url, zlib.gzipSync(asking('Ada')), headers);
    await until('it waits', () => decoders.counts.waiting === 1);
    const leaving = request(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    leaving.on('error', () => {}).end(zlib.gzipSync(asking('Kim')));
    await until('both wait', () => decoders.counts.waiting === 2);
    leaving.destroy();
    await until('one has left', () => decoders.counts.waiting === 1);
    others.resolve();
    expect((await waiting).status).toBe(200);
    expect(decoders.counts).toEqual({ running: 0, waiting: 0 });
    expect(log).toEqual([]);
  });

  test('whose window would need much memory is refused', async () => {
    const { server } = await startFront();
    const params = { [zlib.constants.ZSTD_c_windowLog]: 27 };
    const compressor = zlib.createZstdCompress({ params });
    // In two writes, so that the encoder does not know the size and declares the window.
    compressor.write('{"query":');
    compressor.end('"{ hello }"}');
    const sent = Buffer.concat(await compressor.toArray());
    const { status } = await post(server.url, sent, { 'content-encoding': 'zstd' });
    expect(status).toBe(400);
  });

  test.each(['compress', 'gzip, br', '__proto__'])(
    'of %s is refused with what is accepted',
    async (coding) => {
      const { server, send } = await startFront();
      const { status, headers, body } = await post(server.url, asking('Ada'), { 'content-encoding': coding });
      expect(status).toBe(415);
      expect(headers['accept-encoding']).toBe('zstd, br, gzip, deflate');
      expect(JSON.parse(body.toString()).errors[0].extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
      const otherReason = await send('/graphql', { method: 'POST', body: '{', headers: {} });
      expect(otherReason.status).toBe(415);
      expect(otherReason.headers.get('accept-encoding')).toBeNull();
    },
  );
});
