import { queryObjects } from 'node:v8';
import { until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openSocket, SUBSCRIBE, startLiveRouter } from './live-router.fixture.ts';

/** Of the whole process, after a collection. */
const objects = () => queryObjects(Object, { format: 'count' });
const junk = (count: number) => ({ junk: Array.from({ length: count }, () => ({})) });
/** Of another name each, so that none is shared. */
const named = (name: string) => SUBSCRIBE.replace('subscription', `subscription ${name}`);

test('of what a client connects with, only what says who it is is held while its socket is open', async () => {
  const { router } = await startLiveRouter();
  const connect = async () => {
    const { socket } = await openSocket(router.url, junk(1_000));
    onTestFinished(() => socket.terminate());
  };
  await connect();
  const before = objects();
  for (let count = 0; count < 20; count += 1) await connect();
  // What they sent would be 20,000.
  expect(objects() - before).toBeLessThan(10_000);
});

test.each([
  ['an event stream', 'text/event-stream'],
  ['a multipart response', 'multipart/mixed;subscriptionSpec=1.0'],
])('of a subscription by %s, nothing is held that it does not use', async (_transport, accept) => {
  const { router } = await startLiveRouter();
  const subscribe = async (name: string) => {
    const body = JSON.stringify({
      query: named(name),
      variables: junk(10_000),
      extensions: junk(10_000),
      ...junk(10_000),
    });
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const headers = { accept, 'content-type': 'application/json' };
    const response = await fetch(router.url, { method: 'POST', headers, body, signal: leaving.signal });
    expect(response.status).toBe(200);
  };
  await subscribe('first');
  const before = objects();
  for (let count = 0; count < 3; count += 1) await subscribe(`next${count}`);
  // What they sent would be 90,000.
  expect(objects() - before).toBeLessThan(10_000);
});

test('of a mutation that runs or waits, nothing is held that it does not use', async () => {
  const responding = Promise.withResolvers<object>();
  let fetched = 0;
  const respond = () => {
    fetched += 1;
    return responding.promise;
  };
  const { router } = await startLiveRouter({}, { respond });
  const body = JSON.stringify({ query: 'mutation { book }', variables: junk(10_000), ...junk(10_000) });
  const book = () =>
    fetch(router.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const first = book();
  await until('it is fetched', () => fetched === 1);
  const before = objects();
  const others = [book(), book(), book()];
  await until('they are fetched', () => fetched === 4);
  // What they sent would be 60,000.
  expect(objects() - before).toBeLessThan(10_000);
  responding.resolve({ data: { book: 1 } });
  for (const response of await Promise.all([first, ...others])) expect(response.status).toBe(200);
});

test('of a subscription over a WebSocket, nothing is held that it does not use', async () => {
  const { router } = await startLiveRouter();
  const { socket, send, next } = await openSocket(router.url);
  onTestFinished(() => socket.terminate());
  const subscribe = async (id: string) => {
    const complete = next('complete');
    const payload = { query: named(id), variables: junk(10_000), extensions: junk(10_000), ...junk(10_000) };
    send({ type: 'subscribe', id, payload, ...junk(10_000) });
    // It is subscribed before this has its result.
    send({ type: 'subscribe', id: 'query', payload: { query: '{ flight { code } }' } });
    await complete;
  };
  await subscribe('first');
  const before = objects();
  for (let count = 0; count < 3; count += 1) await subscribe(`next${count}`);
  // What they sent would be 120,000.
  expect(objects() - before).toBeLessThan(10_000);
});
