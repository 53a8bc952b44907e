import { createEmbeddedTransport } from '@airline/messaging';
import { recording } from '@airline/observability/recorded-lines';
import { post, until } from '@airline/testing';
import { openSample } from '@airline/testing/sample';
import { expect, onTestFinished, test } from 'vitest';
import { readServiceConfig } from '../config/service-config.ts';
import { idle } from '../graphql/service-status.fixture.ts';
import { subgraphSchema } from '../graphql/subgraph-schema.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import { subgraphHealth } from './subgraph-health.ts';

const QUERY = '{ held { next { next { __typename } } } }';

/** A subgraph whose field `held` waits for the test, and that counts what it resolves behind it. */
async function start() {
  const { logger, lines } = recording('info');
  const sample = openSample();
  const { store } = sample;
  const release = Promise.withResolvers<object>();
  const signals: AbortSignal[] = [];
  let resolved = 0;
  const thing: () => object = () => {
    resolved += 1;
    return { next: thing };
  };
  const schema = subgraphSchema({
    service: 'flight',
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize", "@policy", "@shareable", "@tag"])
      type Query { held: Thing! }  type Thing { next: Thing! }`,
    resolvers: { Query: { held: () => release.promise } },
    deadLetters: store.deadLetters,
    status: idle,
  });
  const runtime = {
    now: () => new Date(),
    newId: () => 'id',
    random: () => 0,
    logger,
    transport: createEmbeddedTransport(),
  };
  const server = await serveSubgraph({
    service: 'flight',
    config: readServiceConfig('flight', {}, { FLIGHT_PORT: '0' }),
    runtime,
    health: subgraphHealth({ runtime, store, fault: () => undefined }),
    schema,
    context: (request) => {
      signals.push(request.work.signal);
      return request;
    },
  });
  onTestFinished(async () => {
    release.resolve({});
    await server.close();
    await store.close();
  });
  return {
    ask: (headers: Record<string, string> = {}, signal?: AbortSignal) =>
      signal
        ? fetch(server.url, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query: QUERY }),
            signal,
          })
        : post(server.url, JSON.stringify({ query: QUERY }), headers),
    signals,
    lines,
    release: () => release.resolve(thing()),
    resolved: () => resolved,
  };
}

test('what a client has asked for is not resolved once it has left', async () => {
  const { ask, signals, lines, release, resolved } = await start();
  const leaving = new AbortController();
  const gone = expect(ask({}, leaving.signal)).rejects.toThrow();
  await until('it is asked for', () => signals.length === 1);
  leaving.abort();
  await gone;
  await until('the server has noticed', () => signals[0]?.aborted);
  release();
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  expect(resolved()).toBe(1);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what is asked for with a deadline is not resolved behind it', async () => {
  const { ask, signals, release, resolved } = await start();
  const response = ask({ 'x-request-timeout-ms': '5' });
  await until('the deadline is over', () => signals[0]?.aborted);
  release();
  const body = { data: null, errors: [{ extensions: { code: 'REQUEST_TIMEOUT' } }] };
  expect(await response).toMatchObject({ status: 200, body });
  expect(resolved()).toBe(1);
});

test('control: what a client waits for is resolved', async () => {
  const { ask, signals, release, resolved } = await start();
  const response = ask({ 'x-request-timeout-ms': '60000' });
  await until('it is asked for', () => signals.length === 1);
  release();
  expect(await response).toMatchObject({ status: 200 });
  expect(resolved()).toBe(3);
  expect(signals[0]?.aborted).toBe(false);
});
