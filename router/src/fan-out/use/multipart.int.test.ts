import { until } from '@airline/testing';
import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStream } from './stream.fixture.ts';
import { SUBSCRIBE, startTransports, type Transports } from './transport.fixture.ts';

const ACCEPT = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json';
const post = {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: ACCEPT },
  body: JSON.stringify({ query: SUBSCRIBE }),
};

function apolloOf({ url }: Transports) {
  const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache() });
  onTestFinished(() => client.stop());
  const results: unknown[] = [];
  const ends: unknown[] = [];
  const subscription = client
    .subscribe({ query: gql(SUBSCRIBE), fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .subscribe({
      next: ({ data, error }) => void results.push(error ?? data),
      error: (error) => void ends.push(error),
      complete: () => void ends.push('complete'),
    });
  return { results, ends, leave: () => subscription.unsubscribe() };
}

describe('Apollo Client', () => {
  test('reads events between heartbeats, until it leaves', async () => {
    const transports = await startTransports({ multipart: { heartbeatMs: 5 } });
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

  test('hears why a subscription ended', async () => {
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

  test('hears that a subscription is complete', async () => {
    const transports = await startTransports();
    const { ends } = apolloOf(transports);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.complete();
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual(['complete']);
  });
});

describe('the parts', () => {
  test('are delimited as the protocol says', async () => {
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

  test('hold a heartbeat from time to time', async () => {
    const transports = await startTransports({ multipart: { heartbeatMs: 5 } });
    const { text } = openStream(transports.url, post);
    await until('there are three', () => text().split('\r\n{}\r\n--graphql').length > 3);
  });
});

describe('a client', () => {
  test('that is gone has left', async () => {
    const transports = await startTransports();
    const { leave } = openStream(transports.url, post);
    await until('it is subscribed', () => transports.counts().members === 1);
    leave();
    await until('nothing is left', () => transports.counts().members === 0);
    await Promise.all(transports.settled);
  });

  test('that went while its operation was being prepared has left', async () => {
    const gate = Promise.withResolvers<void>();
    const transports = await startTransports({ preparing: () => gate.promise });
    const { leave } = openStream(transports.url, post);
    await until('it has come', () => transports.responses.length === 1);
    leave();
    await until('it has gone', () => transports.responses[0]?.destroyed);
    gate.resolve();
    await Promise.all(transports.settled);
    expect(transports.counts().members).toBe(0);
  });

  test('that does not read costs little, heartbeats included, and ends as too slow', async () => {
    const transports = await startTransports({ limits: { queuedAnswers: 4 }, multipart: { heartbeatMs: 1 } });
    const slow = openStream(transports.url, post);
    const fast = openStream(transports.url, post);
    await until('both are subscribed', () => transports.counts().members === 2);
    slow.pause();
    for (let n = 1; n <= 200; n += 1) {
      transports.push(n, 100_000);
      await until('who reads has it', () => fast.length() > n * 100_000);
    }
    expect(transports.counts().members).toBe(1);
    const [response] = transports.responses;
    const unsent = response?.writableLength ?? 0;
    expect(unsent).toBeLessThan(400_000);
    const read = fast.length();
    await until('many heartbeats have passed', () => fast.length() > read + 10_000);
    expect(response?.writableLength).toBe(unsent);
    slow.resume();
    await until('it ends', slow.isOver);
    expect(slow.text()).toContain('{"payload":null,"errors":[{"message"');
    expect(slow.text()).toContain('SLOW_CONSUMER');
    expect(slow.text().match(/"payload":\{/g)?.length).toBeLessThan(150);
  });
});
