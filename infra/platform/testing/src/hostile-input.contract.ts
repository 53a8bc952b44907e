import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';

interface Response {
  readonly status: number;
  readonly body: {
    readonly data?: unknown;
    readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

/** A GraphQL server with the fields `hello`, a greeting of `you` by default, and `refused`, which is an error. */
export interface HostileInputServer {
  readonly server: { readonly url: string; readonly port: number };
  readonly log: readonly unknown[];
  /** Posts a body as it is. */
  readonly post: (
    body: string | Uint8Array<ArrayBuffer>,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Sends bytes as they are on a connection of their own; returns all that comes until the server closes it. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let response = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      response += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(response));
  });
}

/** A body, the status, code and part of the message of its refusal. */
export type HostileBody = readonly [
  title: string,
  body: string | Uint8Array<ArrayBuffer>,
  status: number,
  code: string,
  words: string,
];

const bodies: readonly HostileBody[] = [
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
  ['a body of 8 MB', `{"query":"{hello}${' '.repeat(8_000_000)}"}`, 413, 'PAYLOAD_TOO_LARGE', '262144 bytes'],
  ['null', 'null', 400, 'BAD_REQUEST', 'must be a JSON object'],
  ['a number', '7', 400, 'BAD_REQUEST', 'must be a JSON object'],
  ['a string', '"{hello}"', 400, 'BAD_REQUEST', 'must be a JSON object'],
  ['an empty object', '{}', 400, 'BAD_REQUEST', 'must be a JSON object'],
  ['a batch', '[{"query":"{hello}"},{"query":"{hello}"}]', 400, 'BAD_REQUEST', 'one operation per request'],
  ['an empty body', '', 400, 'BAD_REQUEST', 'is empty'],
  ['malformed JSON', '{"query":', 400, 'BAD_REQUEST', 'not valid JSON'],
  [
    'a polluted prototype',
    '{"query":"{hello}","variables":{"__proto__":{"a":1}}}',
    400,
    'BAD_REQUEST',
    'forbidden',
  ],
  ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'BAD_REQUEST', 'UTF-8'],
  ['a query that is no text', '{"query":{}}', 400, 'BAD_REQUEST', 'must be'],
  ['no query', '{"variables":{}}', 400, 'BAD_REQUEST', 'non-empty'],
  ['variables that are a list', '{"query":"{hello}","variables":[]}', 400, 'BAD_REQUEST', 'variables'],
];

const post =
  'POST /graphql HTTP/1.1\r\nHost: localhost\r\nconnection: close\r\ncontent-type: application/json';

/** What a server's HTTP refuses, with further bodies that this server refuses. */
export function hostileInputContract(
  start: () => Promise<HostileInputServer>,
  own: readonly HostileBody[],
): void {
  const isServing = async ({ post }: HostileInputServer) =>
    expect((await post('{"query":"{ hello }"}')).body).toEqual({ data: { hello: 'Hello, you' } });

  describe('a hostile or malformed request is refused with its error, and the server continues to serve:', () => {
    test.each([...bodies, ...own])('%s', async (_title, sent, status, code, words) => {
      const served = await start();
      const response = await served.post(sent);
      expect(response.status).toBe(status);
      expect(response.body.errors).toHaveLength(1);
      expect(response.body.errors[0]).toMatchObject({
        message: expect.stringContaining(words),
        extensions: { code },
      });
      expect(served.log).toEqual([]);
      await isServing(served);
    });

    test.each([
      'text/plain',
      'application/graphql',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'multipart/form-data',
      'nonsense',
    ])('content-type %s', async (type) => {
      const served = await start();
      const { status, body } = await served.post('{"query":"{hello}"}', { 'content-type': type });
      expect(status).toBe(415);
      expect(body.errors[0]).toMatchObject({
        message: expect.stringContaining('application/json'),
        extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' },
      });
    });

    test.each([
      ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
      ['OPTIONS', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
      ['GET', '/', 404, 'NOT_FOUND'],
      ['POST', '/admin', 404, 'NOT_FOUND'],
      ['GET', '/graphql/', 404, 'NOT_FOUND'],
      ['GET', '/__proto__', 404, 'NOT_FOUND'],
    ])('%s %s', async (method, path, status, code) => {
      const { server } = await start();
      const response = await fetch(new URL(path, server.url), { method });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
    });

    test.each([
      ['what is no HTTP', 'NONSENSE\r\n\r\n', '400'],
      [
        'a header of 40 kB',
        `GET /graphql HTTP/1.1\r\nHost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
        '431',
      ],
      [
        'a chunked body of 1 MB',
        `${post}\r\ntransfer-encoding: chunked\r\n\r\n100000\r\n${'a'.repeat(0x100000)}\r\n0\r\n\r\n`,
        '413',
      ],
      ['no Host', 'GET /graphql?query={hello} HTTP/1.1\r\nconnection: close\r\n\r\n', '400'],
    ])('%s', async (_title, text, status) => {
      const served = await start();
      const response = await raw(served.server.port, text);
      expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(response.toLowerCase()).toContain('\r\nx-content-type-options: nosniff\r\n');
      expect(JSON.parse(response.slice(response.indexOf('\r\n\r\n')))).toMatchObject({
        errors: [{ message: expect.any(String) }],
      });
      await isServing(served);
    });

    test('and hundreds of them at once', async () => {
      const served = await start();
      const sent = ['['.repeat(100_000), 'null', '{"query":"{', '{"query":"{ refused }"}'];
      const responses = await Promise.all(
        Array.from({ length: 400 }, (_, i) => served.post(sent[i % sent.length] ?? '')),
      );
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([400, 200]));
      await isServing(served);
    });
  });
}
