import { createHash } from 'node:crypto';
import { startNodeProcess } from '@airline/local/process';
import { freePort, requires, startRedisServer, until } from '@airline/testing';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { describe, expect, test } from 'vitest';
import { startEmbedded, startOnRedis } from './system.ts';

// Automatic persisted queries, asked for by Apollo Client's own link.

const QUERY = gql`query Seats($first: Int!) { flights(first: $first) { totalCount } }`;
const data = { flights: { __typename: 'FlightConnection', totalCount: 0 } };

/** An Apollo Client at the URL, and what it has sent: the method, and whether the document's text was with it. */
function apolloAt(uri: string) {
  const sent: string[] = [];
  const urls: string[] = [];
  const observed: typeof fetch = async (input, init) => {
    const url = String(input);
    const hasText = url.includes('query=') || String(init?.body).includes('"query"');
    const response = await fetch(url, init);
    urls.push(url);
    sent.push(`${init?.method} ${hasText ? 'text' : 'hash'} ${response.status}`);
    return response;
  };
  const persisted = new PersistedQueryLink({
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    useGETForHashedQueries: true,
  });
  const link = ApolloLink.from([persisted, new HttpLink({ uri, fetch: observed })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const ask = async (first: number) => {
    const { data } = await client.query({
      query: QUERY,
      variables: { first },
      fetchPolicy: 'no-cache',
    });
    return data;
  };
  return { ask, sent, urls };
}

describe('a query that Apollo Client sends by its hash', () => {
  test('is sent with its text once, and then by GET with its hash alone', async () => {
    await using system = await startEmbedded();
    const { ask, sent } = apolloAt(system.url);
    for (const first of [1, 2, 3]) expect(await ask(first)).toEqual(data);
    expect(sent).toEqual(['GET hash 200', 'POST text 200', 'GET hash 200', 'GET hash 200']);
    const other = apolloAt(system.url);
    expect(await other.ask(1)).toEqual(data);
    expect(other.sent).toEqual(['GET hash 200']);
  });

  test(
    'is known to every replica of the router on one Redis, which is not that of the events',
    requires('redis-server').options,
    async () => {
      await using redis = await startRedisServer();
      await using system = await startOnRedis({ CACHE_REDIS_URL: redis.url });
      const port = await freePort();
      const env = { ROUTER_PORT: String(port), CACHE_REDIS_URL: redis.url, ...system.subgraphUrls };
      const replica = await startNodeProcess(
        'router/src/main.ts',
        { LOG_LEVEL: 'error', ...env },
        /\/graphql/,
      );
      try {
        const one = apolloAt(system.url);
        expect(await one.ask(1)).toEqual(data);
        expect(one.sent).toEqual(['GET hash 200', 'POST text 200']);
        const url = `http://127.0.0.1:${port}/graphql`;
        await until('the replica is connected to Redis, which has the query', async () => {
          const response = await fetch(`${url}${new URL(one.urls[0] ?? '').search}`, {
            headers: { 'apollo-require-preflight': 'true' },
          });
          return (await response.text()).includes('totalCount');
        });
        const other = apolloAt(url);
        expect(await other.ask(1)).toEqual(data);
        expect(other.sent).toEqual(['GET hash 200']);
        expect(await system.redis.command('KEYS', 'airline:apq:*')).toEqual([]);
        expect(await redis.command('KEYS', 'airline:apq:*')).toHaveLength(1);
      } finally {
        await replica.stop();
      }
    },
  );
});
