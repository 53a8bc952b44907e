import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { over, pipelineOver } from '../executor/scripted.fixture.ts';
import { isRefused } from '../refusal.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { client } from './pipeline.fixture.ts';

const FLIGHTS = 150;
const ids = Array.from({ length: FLIGHTS }, (_, index) => String(index));

/** Flights whose revenue another subgraph is asked for in one request: by default all of it fails. */
async function failed(errors: readonly unknown[], data: object | null = null, times = 1) {
  const { run, lines } = over({
    flight: {
      typeDefs: 'type Query { flights: [Flight!]! } type Flight @key(fields: "id") { id: ID! }',
      respond: () => ({ data: { flights: ids.map((id) => ({ __typename: 'Flight', id })) } }),
    },
    payment: {
      typeDefs: 'type Flight @key(fields: "id") { id: ID! revenue: Int }',
      respond: () => ({ data, errors }),
    },
  });
  let result = await run('{ flights { revenue } }');
  for (let more = 1; more < times; more += 1) result = await run('{ flights { revenue } }');
  return { ...result, logged: lines.filter(({ level }) => level === 'error') };
}

test('what a subgraph has stopped reaches the client as it is, and is no error of the log', async () => {
  for (const code of ['RESPONSE_TOO_LARGE', 'REQUEST_TIMEOUT']) {
    const { errors, logged } = await failed([{ message: 'Ask for less.', extensions: { code } }]);
    expect(errors?.[0]).toEqual({
      message: 'Ask for less.',
      path: ['flights', 0, 'revenue'],
      extensions: { code },
    });
    expect(logged).toEqual([]);
  }
});

test('a fault that is at many paths is logged once', async () => {
  const fault = { message: 'connect ECONNREFUSED', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  const { errors, logged } = await failed([fault]);
  expect(errors?.[98]).toMatchObject({
    message: 'Internal server error',
    path: ['flights', 98, 'revenue'],
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
  expect(logged).toMatchObject([{ err: { message: 'connect ECONNREFUSED' } }]);
});

test('different faults are a line each, in each response', async () => {
  const pathed = (message: string, index: number) => ({ message, path: ['_entities', index] });
  const faults = [pathed('one', 0), pathed('two', 1), pathed('one', 2)].map((error) => ({
    ...error,
    extensions: { code: 'OTHER' },
  }));
  const data = { _entities: ids.map((id) => ({ __typename: 'Flight', id, revenue: null })) };
  const { logged } = await failed(faults, data, 2);
  const messages = ['one', 'two', 'one', 'two'];
  expect(logged).toMatchObject(messages.map((message) => ({ err: { message } })));
});

test('what a client has not got because it has left is no error of the log', async () => {
  const leaving = new AbortController();
  const { run, asked, lines } = over({
    flight: {
      typeDefs: 'type Query { flights: [Flight!]! } type Flight @key(fields: "id") { id: ID! }',
      respond: async () => {
        await setImmediate();
        leaving.abort();
        return { data: { flights: [{ __typename: 'Flight', id: '1' }] } };
      },
    },
    payment: { typeDefs: 'type Flight @key(fields: "id") { id: ID! revenue: Int }' },
  });
  const { signal } = leaving;
  await run('{ flights { revenue } }', { signal });
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['flight']);
  expect(lines).toEqual([]);
});

test('a response lists 100 errors at most, and says how many more there are', async () => {
  const { data, errors } = await failed([{ message: 'm', extensions: { code: 'NOT_FOUND' } }]);
  expect(data?.flights).toHaveLength(FLIGHTS);
  expect(errors).toHaveLength(100);
  expect(errors?.at(-1)).toEqual({
    message: 'There are 51 more errors; they are not listed.',
    extensions: { code: 'ERRORS_OMITTED' },
  });
});

test('the places of errors are looked for once, however many errors there are', async () => {
  const flights = ids.map((id) => ({ __typename: 'Flight', id }));
  let walks = 0;
  Object.defineProperty(flights, 'forEach', {
    value: (visit: (flight: object, index: number) => void) => {
      walks += 1;
      Array.from(flights).forEach(visit);
    },
  });
  const failing = ids.map((_, index) => ({ message: 'm', path: ['_entities', index, 'revenue'] }));
  const responses = {
    flight: { data: { flights }, errors: [] },
    payment: { data: { _entities: ids.map(() => ({ revenue: null })) }, errors: failing },
  };
  const sdl = composeSubgraphs([
    {
      name: 'flight',
      url: 'http://flight',
      typeDefs: `${link} type Query { flights: [Flight!]! } type Flight @key(fields: "id") { id: ID! }`,
    },
    {
      name: 'payment',
      url: 'http://payment',
      typeDefs: `${link} type Flight @key(fields: "id") { id: ID! revenue: Int }`,
    },
  ]);
  const clientOf = (name: keyof typeof responses): SubgraphClient => ({
    name,
    send: async () => responses[name],
  });
  const { pipeline } = pipelineOver(sdl, { flight: clientOf('flight'), payment: clientOf('payment') });
  const prepared = await pipeline.prepare({ query: '{ flights { revenue } }' }, client);
  if (isRefused(prepared)) throw new Error('It is refused.');
  const { errors } = await pipeline.execute(prepared);
  expect(errors?.[98]?.path).toEqual(['flights', 98, 'revenue']);
  expect(walks).toBe(1);
});
