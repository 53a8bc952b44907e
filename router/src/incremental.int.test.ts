import { until } from '@airline/testing';
import { CombinedGraphQLErrors } from '@apollo/client';
import { describe, expect, test } from 'vitest';
import { openStream } from './fan-out/use/stream.fixture.ts';
import { type handlers, startIncremental, watch } from './incremental.fixture.ts';

type Protocol = keyof typeof handlers;
const protocols: readonly Protocol[] = ['deferSpec=20220824', 'incrementalSpec=v0.2'];

const TWO_PARTS = `{
  flight { id ... @defer(label: "crew") { crew } ... @defer(label: "money") { revenue } }
}`;

const acceptOf = (protocol: Protocol) =>
  `multipart/mixed;${protocol},application/graphql-response+json,application/json;q=0.9`;

const post = (query: string, accept: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept },
  body: JSON.stringify({ query }),
});

/** The JSON of the parts that have come. */
const partsOf = (text: string): unknown[] =>
  text.split(/\r\n--graphql(?:--\r\n)?/).flatMap((part) => {
    const [, json] = part.split('\r\n\r\n');
    return json === undefined ? [] : [JSON.parse(json)];
  });

describe.each(protocols)('Apollo Client by %s', (protocol) => {
  test.each([
    [['crew', 'revenue'], { crew: 3 }],
    [['revenue', 'crew'], { revenue: 100 }],
  ])('gets the parts in the order in which they are ready: %j', async (order, second) => {
    const { url, gates } = await startIncremental();
    const { seen, ends, errors } = watch(url, protocol, TWO_PARTS);
    await until('both parts are asked for', () => gates.waiting.length === 2);
    await until('it has the first part', () => seen.length === 1);
    gates.release(order[0] ?? '');
    await until('it has the second', () => seen.length === 2);
    gates.release(order[1] ?? '');
    await until('it has all', () => ends.length === 1);
    const flight = { __typename: 'Flight', id: '1' };
    expect(seen).toEqual([
      { flight },
      { flight: { ...flight, ...second } },
      { flight: { ...flight, crew: 3, revenue: 100 } },
    ]);
    expect(errors).toEqual([]);
  });

  test('gets a part of each object of a list, and nested parts', async () => {
    const { url, gates } = await startIncremental();
    const { seen, ends } = watch(url, protocol, '{ flights { ... @defer { code ... @defer { revenue } } } }');
    await until('it has codes', () => seen.length === 2);
    gates.release('revenue');
    await until('it has all', () => ends.length === 1);
    expect(seen.at(-1)).toEqual({
      flights: [1, 2].map((id) => ({ __typename: 'Flight', code: `KE${id}`, revenue: id * 100 })),
    });
  });

  test('gets the errors of a part, masked, and keeps what it has', async () => {
    const { url, lines } = await startIncremental((_, response) => {
      const errors = [{ message: 'connect ECONNREFUSED 10.0.0.7', path: ['_entities', 0, 'debt'] }];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { _entities: [null] }, errors }));
    });
    const { seen, errors } = watch(url, protocol, '{ flight { code ... @defer { debt } } }');
    await until('it has the error', () => errors.length > 0);
    expect(seen.at(-1)).toEqual({ flight: { __typename: 'Flight', code: 'KE1' } });
    const [error] = errors;
    expect(CombinedGraphQLErrors.is(error) && error.errors).toEqual([
      {
        message: 'Internal server error',
        path: ['flight', 'debt'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([{ path: ['flight', 'debt'] }]);
  });

  test('gets parts of what a mutation returns', async () => {
    const { url, gates } = await startIncremental();
    gates.release('revenue');
    const query = 'mutation { rename(code: "OZ1") { code ... @defer { revenue } } }';
    const { text, isOver } = openStream(url, post(query, acceptOf(protocol)));
    await until('it ends', isOver);
    expect(partsOf(text())).toMatchObject([
      { data: { rename: { code: 'OZ1' } }, hasNext: true },
      { incremental: [{ data: { revenue: 100 } }], hasNext: false },
    ]);
  });
});

test('increments as Apollo’s protocol has them', async () => {
  const { url, gates } = await startIncremental();
  const { text, isOver, headers } = openStream(url, post(TWO_PARTS, acceptOf('deferSpec=20220824')));
  gates.release('crew');
  await until('it has the crew', () => text().includes('"crew":3'));
  gates.release('revenue');
  await until('it ends', isOver);
  expect(headers()).toMatchObject({
    'content-type': 'multipart/mixed;boundary="graphql";deferSpec=20220824',
    'cache-control': 'no-store',
    'x-request-id': expect.any(String),
  });
  expect(text()).toMatch(/^--graphql\r\n.*--graphql--\r\n$/s);
  expect(partsOf(text())).toEqual([
    { data: { flight: { id: '1' } }, hasNext: true },
    { incremental: [{ data: { crew: 3 }, path: ['flight'], label: 'crew' }], hasNext: true },
    { incremental: [{ data: { revenue: 100 }, path: ['flight'], label: 'money' }], hasNext: false },
  ]);
});

test('what is deferred keeps its place among what runs until it is fetched', async () => {
  const operations = { clientInFlight: 1, clientShare: 1, inFlight: 10, queue: 10 };
  const { url, gates } = await startIncremental(undefined, {
    admission: { operations, connections: { perClient: 100, inAll: 100 } },
  });
  const { text, isOver } = openStream(url, post(TWO_PARTS, acceptOf('deferSpec=20220824')));
  await until('its first part is there', () => text().includes('"id":"1"'));
  let isFetched = false;
  const next = fetch(url, post('{ flight { code } }', 'application/json')).then(({ status }) => ({
    status,
    isFetched,
  }));
  // Meanwhile it would have been served.
  for (let i = 0; i < 10; i += 1) await (await fetch(new URL('/health/ready', url))).text();
  isFetched = true;
  gates.release('crew', 'revenue');
  await until('it ends', isOver);
  expect(await next).toEqual({ status: 200, isFetched: true });
});

test('increments as graphql-js has them', async () => {
  const { url, gates } = await startIncremental();
  gates.release('crew');
  const query = '{ flight { id ... @defer(label: "a") { crew ... @defer { debt code } } } }';
  const { text, isOver, headers } = openStream(url, post(query, acceptOf('incrementalSpec=v0.2')));
  await until('it ends', isOver);
  expect(headers()?.['content-type']).toBe('multipart/mixed;boundary="graphql";incrementalSpec=v0.2');
  expect(partsOf(text())).toEqual([
    { data: { flight: { id: '1' } }, pending: [{ id: '1', path: ['flight'], label: 'a' }], hasNext: true },
    {
      pending: [{ id: '2', path: ['flight'] }],
      incremental: [{ id: '1', data: { crew: 3 } }],
      completed: [{ id: '1' }],
      hasNext: true,
    },
    {
      completed: [{ id: '2', errors: [expect.objectContaining({ path: ['flight', 'debt'] })] }],
      hasNext: false,
    },
  ]);
});

test.each([
  ['no multipart', 'POST', 'application/json'],
  ['multipart of another specification', 'POST', 'multipart/mixed;deferSpec=1999,application/json'],
  ['it not at all', 'POST', 'multipart/mixed;deferSpec=20220824;q=0,application/json'],
  ['it by GET', 'GET', acceptOf('deferSpec=20220824')],
])('a client that accepts %s gets one response', async (_, method, accept) => {
  const { url, gates } = await startIncremental();
  gates.release('crew', 'revenue');
  const headers = { 'content-type': 'application/json', accept };
  const search = method === 'GET' ? `?${new URLSearchParams({ query: TWO_PARTS })}` : '';
  const init = method === 'GET' ? { headers } : post(TWO_PARTS, accept);
  const response = await fetch(url + search, init);
  expect(response.headers.get('content-type')).toContain('json');
  expect(await response.json()).toEqual({ data: { flight: { id: '1', crew: 3, revenue: 100 } } });
});

test('a client that accepts nothing but multipart gets a response without parts in it', async () => {
  const { url } = await startIncremental();
  const response = await fetch(url, post('{ flight { id } }', 'multipart/mixed;deferSpec=20220824'));
  expect(partsOf(await response.text())).toEqual([{ data: { flight: { id: '1' } }, hasNext: false }]);
});

test('a client that leaves between parts leaves no work behind', async () => {
  const open = new Set<object>();
  const { url } = await startIncremental((_, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  const { text, leave } = openStream(url, post(TWO_PARTS, acceptOf('deferSpec=20220824')));
  await until('it has the first part', () => text().includes('hasNext'));
  await until('the other is asked for', () => open.size === 1);
  leave();
  await until('nobody waits for it', () => open.size === 0);
});

test('introspection shows the directive', async () => {
  const { query } = await startIncremental();
  const { body } = await query('{ __schema { directives { name args { name } } } }');
  const { directives } = Object(body.data).__schema;
  expect(directives).toContainEqual({ name: 'defer', args: [{ name: 'label' }, { name: 'if' }] });
});
