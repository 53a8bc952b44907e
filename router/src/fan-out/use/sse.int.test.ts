import { until } from '@airline/testing';
import { createClient } from 'graphql-sse';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SUBSCRIBE } from './facade.fixture.ts';
import { openStream } from './stream.fixture.ts';
import { eventsTo, recordResults, startTransports, type Transports } from './transport.fixture.ts';

function clientOf({ streamUrl }: Transports) {
  const client = createClient({ url: streamUrl, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const { sink, ...seen } = recordResults();
  return { ...seen, subscribe: (query: string) => client.subscribe({ query }, sink) };
}

describe("graphql-sse's client", () => {
  test('gets the results of queries and mutations, and events until it leaves', async () => {
    const transports = await startTransports();
    const { results, ends, subscribe } = clientOf(transports);
    subscribe('{ anything }');
    await until('the query is complete', () => ends.length === 1);
    subscribe('mutation { anything }');
    await until('the mutation is complete', () => ends.length === 2);
    expect(results).toEqual([{ data: { done: 'query' } }, { data: { done: 'mutation' } }]);
    const leave = subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.push(1);
    transports.push(2);
    await until('both events come', () => results.length === 4);
    expect(results.slice(2)).toEqual(eventsTo(2));
    leave();
    await until('nothing is left', () => transports.counts().upstreams === 0);
    expect(transports.log).toEqual([]);
  });

  test('gets the errors of an operation that is refused, and those that end a subscription', async () => {
    const transports = await startTransports();
    const { results, ends, subscribe } = clientOf(transports);
    subscribe('{ refused }');
    await until('it is complete', () => ends.length === 1);
    expect(results).toEqual([{ errors: [{ message: 'refused', extensions: { code: 'BAD_USER_INPUT' } }] }]);
    subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.fail([{ message: 'over', extensions: { code: 'CURSOR_EXPIRED' } }]);
    await until('it ends', () => ends.length === 2);
    expect(results[1]).toEqual({ errors: [{ message: 'over', extensions: { code: 'CURSOR_EXPIRED' } }] });
    expect(ends).toEqual(['complete', 'complete']);
  });
});

test('an event stream opens by GET, too, as EventSource does, but not for mutations', async () => {
  const transports = await startTransports();
  const get = (query: string) => openStream(`${transports.streamUrl}?query=${encodeURIComponent(query)}`);
  const query = get('{ anything }');
  await until('it ends', query.isOver);
  expect(query.text()).toBe(
    ':\n\nevent: next\ndata: {"data":{"done":"query"}}\n\nevent: complete\ndata:\n\n',
  );
  const mutation = get('mutation { anything }');
  await until('it ends', mutation.isOver);
  expect(mutation.text()).toContain('METHOD_NOT_ALLOWED');
  expect(transports.mutations()).toBe(0);
  const subscription = get(SUBSCRIBE);
  await until('it is subscribed', () => transports.counts().members === 1);
  subscription.leave();
});

test('a mutation whose client leaves is aborted', async () => {
  const signals: AbortSignal[] = [];
  const transports = await startTransports({
    executing: (signal) => {
      signals.push(signal);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  });
  const leaving = new AbortController();
  const body = JSON.stringify({ query: 'mutation { anything }' });
  const gone = fetch(transports.streamUrl, { method: 'POST', body, signal: leaving.signal });
  await until('it runs', () => signals.length === 1);
  leaving.abort();
  await expect(gone).rejects.toThrow();
  await until('it is aborted', () => signals[0]?.aborted);
  await Promise.all(transports.settled);
  expect(transports.log).toEqual([]);
});
