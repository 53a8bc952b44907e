import { recording } from '@airline/observability/recorded-lines';
import { describe, expect, test } from 'vitest';
import { startRouter } from './main.ts';
import {
  compose,
  routerOver,
  startOddServer,
  startSubgraphs,
  supergraphFile,
  testConfig,
} from './router.fixture.ts';

async function startAll() {
  const { flight, payment } = await startSubgraphs();
  const file = await supergraphFile(compose({ flight: flight.url, payment: payment.url }));
  return { flight, payment, file, ...(await routerOver(file.path)) };
}

/** An address on which nothing listens. */
const nowhere = 'http://127.0.0.1:1/graphql';

describe('the router', () => {
  test('joins data of two subgraphs', async () => {
    const { query } = await startAll();
    expect(await query('{ flights { id code revenue } paid }')).toEqual({
      status: 200,
      body: {
        data: {
          flights: [
            { id: '1', code: 'KE1', revenue: 100 },
            { id: '2', code: 'KE2', revenue: 200 },
            { id: '3', code: 'KE3', revenue: 300 },
          ],
          paid: 7,
        },
      },
    });
  });

  test('executes a fragment that is spread twice', async () => {
    const { query } = await startAll();
    const document = '{ flights { ...F } again: flights { ...F } } fragment F on Flight { id code revenue }';
    const { body } = await query(document);
    const first = { id: '1', code: 'KE1', revenue: 100 };
    expect(body).toMatchObject({ data: { flights: [first, {}, {}], again: [first, {}, {}] } });
  });

  test('is ready as soon as it has its supergraph', async () => {
    const { origin } = await startAll();
    const response = await fetch(`${origin}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ready',
      checks: { supergraph: { kind: 'informative', ok: true } },
    });
  });

  test('serves health on a port of its own, too, if it has one', async () => {
    const file = await supergraphFile(compose({ flight: nowhere, payment: nowhere }));
    const { telemetry } = testConfig(file.path);
    const { lines } = await routerOver(file.path, { telemetry: { ...telemetry, healthPort: 0 } });
    const { port } = lines.find(({ msg }) => msg === 'serving health') ?? {};
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).json();
    await expect.poll(ready, { timeout: 10_000 }).toEqual({ status: 'ready' });
  });

  test('forwards trace and request id, and no other header: neither credentials nor what says who asks', async () => {
    const { query, flight, payment } = await startAll();
    const sent = {
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      'x-request-id': 'r1',
      authorization: 'Bearer t',
      cookie: 'c',
      'x-caller': 'e30.1.a.b',
      'x-user-id': 'kim',
      'x-forwarded-user': 'kim',
      'x-request-timeout-ms': '1',
    };
    await query('{ flights { revenue } }', {}, sent);
    for (const subgraph of [flight, payment]) {
      expect(subgraph.seen).toHaveLength(1);
      const { traceparent, 'x-request-id': id, ...others } = subgraph.seen[0] ?? {};
      expect({ traceparent, id }).toEqual({
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        id: 'r1',
      });
      expect(Object.keys(others).sort()).toEqual([
        'accept',
        'connection',
        'content-length',
        'content-type',
        'host',
        'x-request-timeout-ms',
      ]);
      expect(others['x-request-timeout-ms']).not.toBe('1');
    }
  });

  test('gives subgraphs a request id of its own when the client has none', async () => {
    const { query, flight, payment } = await startAll();
    await query('{ flights { revenue } }');
    expect(flight.seen[0]?.['x-request-id']).toMatch(/^[\w-]{36}$/);
    expect(payment.seen[0]?.['x-request-id']).toBe(flight.seen[0]?.['x-request-id']);
  });

  test('keeps its connections to subgraphs', async () => {
    let connections = 0;
    const url = await startOddServer((_request, response) => response.end('{"data":{"paid":1}}'));
    const counted = await startOddServer((request, response) => {
      if (!known.has(request.socket)) connections += 1;
      known.add(request.socket);
      response.end('{"data":{"paid":1}}');
    });
    const known = new Set<unknown>();
    const file = await supergraphFile(compose({ flight: url, payment: counted }));
    const { query } = await routerOver(file.path);
    for (let i = 0; i < 20; i++) expect((await query('{ paid }')).body.data).toEqual({ paid: 1 });
    expect(connections).toBe(1);
  });

  test('takes the URLs of its configuration over those of the supergraph', async () => {
    const { flight, payment } = await startSubgraphs();
    const file = await supergraphFile(compose({ flight: nowhere, payment: payment.url }));
    const { query } = await routerOver(file.path, { subgraphUrls: { flight: flight.url } });
    expect((await query('{ flight(id: "1") { revenue } }')).body).toEqual({
      data: { flight: { revenue: 100 } },
    });
  });

  test('allows introspection only if configured to', async () => {
    const { file, query } = await startAll();
    const introspection = '{ __schema { queryType { name } } }';
    expect((await query(introspection)).body).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    const closed = await routerOver(file.path, { introspection: false });
    expect((await closed.query(introspection)).body.errors?.[0]?.extensions?.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });
});

describe('errors of subgraphs reach the client', () => {
  test('with their code, field and path, and nothing of the inside', async () => {
    const { query } = await startAll();
    const { body } = await query('{ all: flights { id owed: refunds(reason: "x") } }');
    expect(body).toEqual({
      data: {
        all: [
          { id: '1', owed: 0 },
          { id: '2', owed: null },
          { id: '3', owed: 0 },
        ],
      },
      errors: [
        {
          message: 'no such reason',
          path: ['all', 1, 'owed'],
          extensions: { code: 'BAD_USER_INPUT', field: 'reason' },
        },
      ],
    });
  });

  test('from mutations, too', async () => {
    const { query } = await startAll();
    const { body } = await query('mutation ($in: RegisterInput!) { made: register(input: $in) { id } }', {
      in: { code: 'KE9', seats: 0 },
    });
    expect(body.errors).toEqual([
      {
        message: 'seats must be at least 1',
        path: ['made'],
        extensions: { code: 'BAD_USER_INPUT', field: 'input.seats' },
      },
    ]);
  });

  test('masked when they were unexpected', async () => {
    const { query } = await startAll();
    const { body } = await query('{ flight(id: "1") { debt } }');
    expect(body).toEqual({
      data: { flight: { debt: null } },
      errors: [
        {
          message: 'Internal server error',
          path: ['flight', 'debt'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  });

  test('while wrong values are refused by the router itself, with their field', async () => {
    const { query, flight } = await startAll();
    const register = 'mutation ($in: RegisterInput!) { register(input: $in) { id } }';
    const variable = await query(register, { in: { code: 'KE9', seats: 'many' } });
    expect(variable.status).toBe(400);
    expect(variable.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'in.seats' });
    const literal = await query('mutation { register(input: { code: 7, seats: 1 }) { id } }');
    expect(literal.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.code' });
    const many = await query(register, {
      in: Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, 1])),
    });
    expect(many.body.errors).toHaveLength(1);
    expect(flight.seen).toEqual([]);
  });
});

describe('a subgraph that does not respond', () => {
  const html = () =>
    startOddServer((_request, response) => response.writeHead(502).end('<h1>Bad gateway at 10.0.0.7</h1>'));
  const silent = () => startOddServer(() => {});
  const breaking = () => startOddServer((request) => request.socket.destroy());
  const list = () => startOddServer((_request, response) => response.end('[1]'));

  test.each([
    ['is not there', async () => nowhere, 'is unavailable'],
    ['is too slow', silent, 'did not respond within 2000 ms'],
    ['breaks off', breaking, 'is unavailable'],
    ['returns a page', html, 'did not return a GraphQL response'],
    ['returns other JSON', list, 'did not return a GraphQL response'],
  ])('because it %s is named at each path, and never its address', async (_case, start, reason) => {
    const { flight } = await startSubgraphs();
    const url = await start();
    const file = await supergraphFile(compose({ flight: flight.url, payment: url }));
    const { query, lines } = await routerOver(file.path, { subgraphTimeoutMs: 2_000 });
    const { status, body } = await query('{ flights { code revenue } total: paid }');
    expect(status).toBe(200);
    expect(body.data).toEqual({
      flights: ['KE1', 'KE2', 'KE3'].map((code) => ({ code, revenue: null })),
      total: null,
    });
    const error = {
      message: `The subgraph "payment" ${reason}.`,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    };
    expect(body.errors).toHaveLength(4);
    for (const path of [...[0, 1, 2].map((i) => ['flights', i, 'revenue']), ['total']]) {
      expect(body.errors).toContainEqual({ ...error, path });
    }
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7|http/);
    expect(JSON.stringify(lines)).toContain(url);
  });

  test('does not keep the router from starting, and is used once it is up', async () => {
    const { flight, payment } = await startSubgraphs();
    let up = false;
    const late = await startOddServer((request, response) => {
      if (!up) return request.socket.destroy();
      void fetch(payment.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{paid}"}',
      })
        .then((response) => response.text())
        .then((text) => response.end(text));
    });
    const file = await supergraphFile(compose({ flight: flight.url, payment: late }));
    const { query, origin } = await routerOver(file.path);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    expect((await query('{ paid }')).body.errors).toHaveLength(1);
    up = true;
    expect((await query('{ paid }')).body).toEqual({ data: { paid: 7 } });
  });
});

describe('a router that cannot start says what to do:', () => {
  test('no supergraph file', async () => {
    const { logger } = recording();
    await expect(startRouter(testConfig('/nowhere/s.graphql'), logger)).rejects.toThrow(
      'The supergraph file /nowhere/s.graphql cannot be read (ENOENT). Compose it with `npm run compose`',
    );
  });

  test.each(['', 'type Query {', 'type Query { a: Int }'])('an invalid one: %j', async (text) => {
    const { logger } = recording();
    const { path } = await supergraphFile(text);
    await expect(startRouter(testConfig(path), logger)).rejects.toThrow('is not a valid supergraph');
  });

  test('no URL for a subgraph', async () => {
    const { logger } = recording();
    const { path } = await supergraphFile(compose({ flight: '', payment: nowhere }));
    await expect(startRouter(testConfig(path), logger)).rejects.toThrow('Set FLIGHT_URL');
  });

  test('its port in use', async () => {
    const { router, file } = await startAll();
    const { logger } = recording();
    const second = startRouter({ ...testConfig(file.path), port: router.port }, logger);
    await expect(second).rejects.toThrow('Set ROUTER_PORT');
  });
});
