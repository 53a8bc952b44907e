import { type HostileBody, hostileInputContract } from '@airline/testing/hostile-input';
import { describe, expect, test } from 'vitest';
import { startFront } from './http.fixture.ts';

const bodies: readonly HostileBody[] = [
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
  ['a name that is no text', '{"query":"{hello}","operationName":7}', 400, 'BAD_REQUEST', '"operationName"'],
  ['extensions that are a text', '{"query":"{hello}","extensions":"x"}', 400, 'BAD_REQUEST', '"extensions"'],
  ['an empty query', '{"query":""}', 400, 'BAD_REQUEST', 'non-empty "query"'],
];

hostileInputContract(startFront, bodies);

describe('a hostile or malformed request is refused with its error, and the server continues to serve:', () => {
  test.each([
    ['POST', '/health/live', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/%zz', 404, 'NOT_FOUND'],
  ])('%s %s', async (method, path, status, code) => {
    const { send } = await startFront();
    const response = await send(path, { method });
    expect(response.status).toBe(status);
    expect(response.body).toMatchObject({ errors: [{ extensions: { code } }] });
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
