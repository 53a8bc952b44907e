import { until } from '@airline/testing';
import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SUBSCRIBE } from './facade.fixture.ts';
import { openStream } from './stream.fixture.ts';
import { recordResults, startTransports, type Transports } from './transport.fixture.ts';

const ACCEPT = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json';
const post = {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: ACCEPT },
  body: JSON.stringify({ query: SUBSCRIBE }),
};

function apolloOf({ url }: Transports) {
  const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache() });
  onTestFinished(() => client.stop());
  const { results, ends, sink } = recordResults();
  const subscription = client
    .subscribe({ query: gql(SUBSCRIBE), fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .subscribe({
      ...sink,
      next: ({ data, error }) => sink.next(error ?? data),
    });
  return { results, ends, leave: () => subscription.unsubscribe() };
}

describe('Apollo Client', () => {
  test('reads events between heartbeats, until it leaves', async () => {
    const transports = await startTransports({ heartbeatMs: 5 });
    const { results, leave } = apolloOf(transports);
    await until('it is subscribed', () => transports.counts().members === 1);
    for (let n = 1; n <= 20; n += 1) {
      transports.push(n, n % 2 === 0 ? 50_000 : 0);
      await until('it has the event', () => results.length === n);
    }
    expect(results.map((data) => Object(data).numbers)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    leave();
    await until('nothing is left', () => transports.counts().upstreams === 0);
    expect(transports.log).toEqual([]);
  });

  test('gets the errors that end a subscription', async () => {
    const transports = await startTransports();
    const { results, ends } = apolloOf(transports);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.fail([{ message: 'over', extensions: { code: 'CURSOR_EXPIRED' } }]);
    await until('it ends', () => ends.length === 1);
    const [error] = [...results, ...ends].filter((result) => result instanceof Error);
    expect(CombinedProtocolErrors.is(error) && error.errors).toEqual([
      { message: 'over', extensions: { code: 'CURSOR_EXPIRED' } },
    ]);
  });

  test('completes with its subscription', async () => {
    const transports = await startTransports();
    const { ends } = apolloOf(transports);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.complete();
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual(['complete']);
  });
});

test('parts are delimited as the protocol says', async () => {
  const transports = await startTransports();
  const { text, isOver, headers } = openStream(transports.url, post);
  await until('it is subscribed', () => transports.counts().members === 1);
  transports.push(1);
  await until('it has the event', () => text().includes('payload'));
  transports.complete();
  await until('it ends', isOver);
  expect(headers()?.['content-type']).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  const head = '\r\ncontent-type: application/json\r\n\r\n';
  const event = '{"payload":{"data":{"numbers":1},"extensions":{"cursor":"1"}}}';
  expect(text()).toBe(`--graphql${head}${event}\r\n--graphql--\r\n`);
});
