import { describe, expect, test } from 'vitest';
import { raw, startFront } from './http.fixture.ts';

describe('a hostile or broken request is refused by name, and the server keeps serving:', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string, string]>([
    ['JSON 100,000 deep', '['.repeat(100_000), 400, 'BAD_REQUEST', '64 levels'],
    [
      'variables 40,000 deep',
      `{"query":"{hello}","variables":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_001)}`,
      400,
      'BAD_REQUEST',
      '64 levels',
    ],
    [
      'an object of 20,000 fields',
      JSON.stringify({ variables: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [i, 1])) }),
      400,
      'BAD_REQUEST',
      '200 fields',
    ],
    [
      'a body of 8 MB',
      `{"query":"{hello}${' '.repeat(8_000_000)}"}`,
      413,
      'PAYLOAD_TOO_LARGE',
      '262144 bytes',
    ],
    ['null', 'null', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['a number', '7', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['an empty object', '{}', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['a batch', '[{"query":"{hello}"}]', 400, 'BAD_REQUEST', 'one operation per request'],
    ['an empty body', '', 400, 'BAD_REQUEST', 'is empty'],
    ['malformed JSON', '{"query":', 400, 'BAD_REQUEST', 'not valid JSON'],
    [
      'a polluted prototype',
      '{"query":"{hello}","variables":{"__proto__":{"a":1}}}',
      400,
      'BAD_REQUEST',
      'forbidden',
    ],
    [
      'an escaped one',
      '{"query":"{hello}","variables":[{"\\u005f_proto__":{"a":1}}]}',
      400,
      'BAD_REQUEST',
      'forbidden',
    ],
    [
      'a polluted constructor',
      '{"query":"{hello}","variables":{"constructor":{"prototype":{}}}}',
      400,
      'BAD_REQUEST',
      'forbidden',
    ],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'BAD_REQUEST', 'UTF-8'],
    ['a query that is no text', '{"query":{}}', 400, 'BAD_REQUEST', '"query" of a request must be a string'],
    [
      'a name that is no text',
      '{"query":"{hello}","operationName":7}',
      400,
      'BAD_REQUEST',
      '"operationName"',
    ],
    ['variables that are a list', '{"query":"{hello}","variables":[]}', 400, 'BAD_REQUEST', '"variables"'],
    [
      'extensions that are a text',
      '{"query":"{hello}","extensions":"x"}',
      400,
      'BAD_REQUEST',
      '"extensions"',
    ],
    ['no query', '{"variables":{}}', 400, 'BAD_REQUEST', 'non-empty "query"'],
    ['an empty query', '{"query":""}', 400, 'BAD_REQUEST', 'non-empty "query"'],
  ])('%s', async (_case, sent, status, code, words) => {
    const { post, query, log } = await startFront();
    const response = await post(sent);
    expect(response.status).toBe(status);
    expect(response.body.errors).toHaveLength(1);
    expect(response.body.errors[0]).toMatchObject({
      message: expect.stringContaining(words),
      extensions: { code },
    });
    expect(log).toEqual([]);
    expect((await query('{ hello }')).body).toEqual({ data: { hello: 'Hello, you' } });
  });

  test('but harmless words and escapes are not', async () => {
    const { post } = await startFront();
    const sent = JSON.stringify({
      query: '{ hello(name: "__proto__") }',
      variables: { constructor: 'Boeing' },
    });
    expect((await post(sent.replace('Boeing', '\\u0042'))).body).toEqual({
      data: { hello: 'Hello, __proto__' },
    });
  });

  test.each(['text/plain', 'application/graphql', 'multipart/form-data', 'nonsense', 'application/jsonp'])(
    'content-type %s',
    async (type) => {
      const { post } = await startFront();
      const { status, body } = await post('{"query":"{hello}"}', { 'content-type': type });
      expect(status).toBe(415);
      expect(body.errors[0]).toMatchObject({
        message: expect.stringContaining('application/json'),
        extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' },
      });
    },
  );

  test.each([
    ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['OPTIONS', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/health/live', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/', 404, 'NOT_FOUND'],
    ['POST', '/admin', 404, 'NOT_FOUND'],
    ['GET', '/graphql/', 404, 'NOT_FOUND'],
    ['GET', '/%zz', 404, 'NOT_FOUND'],
    ['GET', '/__proto__', 404, 'NOT_FOUND'],
  ])('%s %s', async (method, path, status, code) => {
    const { send } = await startFront();
    const response = await send(path, { method });
    expect(response.status).toBe(status);
    expect(response.body).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  const chunked =
    'Host: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
  test.each([
    ['what is no HTTP', 'NONSENSE\r\n\r\n', '400'],
    ['a header of 40 kB', `GET /graphql HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, '431'],
    ['no Host', 'GET /graphql?query={hello} HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    [
      'a chunked body of 1 MB',
      `POST /graphql HTTP/1.1\r\n${chunked}\r\n\r\n100000\r\n${'a'.repeat(0x100000)}\r\n0\r\n\r\n`,
      '413',
    ],
  ])('%s', async (_case, text, status) => {
    const { server, query } = await startFront();
    const response = await raw(server.port, text);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await query('{ hello }')).status).toBe(200);
  });

  test('and hundreds of them at once', async () => {
    const { post, query } = await startFront();
    const bodies = ['['.repeat(100_000), 'null', '{"query":"{', '{"query":"{ refused }"}'];
    const responses = await Promise.all(
      Array.from({ length: 400 }, (_, i) => post(bodies[i % bodies.length] ?? '')),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([400, 200]));
    expect((await query('{ hello }')).body).toEqual({ data: { hello: 'Hello, you' } });
  });

  test('a client that goes away in the middle', async () => {
    const { server, query, log } = await startFront();
    const gone = new AbortController();
    const body = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(Buffer.from('{"query":'));
        gone.abort();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const init: RequestInit = { method: 'POST', body, headers, signal: gone.signal, duplex: 'half' };
    await expect(fetch(server.url, init)).rejects.toThrow();
    expect((await query('{ hello }')).status).toBe(200);
    expect(log).toEqual([]);
  });
});
