import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { SUBSCRIBE } from './facade.fixture.ts';
import { openStream } from './stream.fixture.ts';
import { startTransports, type Transports } from './transport.fixture.ts';

const MULTIPART = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json';

const subscribe = (url: string, accept: string) =>
  openStream(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: SUBSCRIBE }),
  });

describe.each([
  {
    protocol: 'server-sent events',
    open: ({ streamUrl }: Transports) => subscribe(streamUrl, 'text/event-stream'),
    heartbeat: ':\n\n',
    result: 'event: next\n',
    failure: 'data: {"errors":[{"message"',
  },
  {
    protocol: 'multipart',
    open: ({ url }: Transports) => subscribe(url, MULTIPART),
    heartbeat: '\r\n{}\r\n--graphql',
    result: '"payload":{',
    failure: '{"payload":null,"errors":[{"message"',
  },
])('a stream of $protocol', ({ open, heartbeat, result, failure }) => {
  test('has a heartbeat at each interval', async () => {
    const { text } = open(await startTransports({ heartbeatMs: 5 }));
    await until('there are three', () => text().split(heartbeat).length > 3);
  });

  test('leaves its subscription when its client has gone', async () => {
    const transports = await startTransports();
    const { leave } = open(transports);
    await until('it is subscribed', () => transports.counts().members === 1);
    leave();
    await until('nothing is left', () => transports.counts().members === 0);
    await Promise.all(transports.settled);
  });

  test('leaves its subscription when its client went while the operation was prepared', async () => {
    const gate = Promise.withResolvers<void>();
    const transports = await startTransports({ preparing: () => gate.promise });
    const { leave } = open(transports);
    await until('it has come', () => transports.responses.length === 1);
    leave();
    await until('it has gone', () => transports.responses[0]?.destroyed);
    gate.resolve();
    await Promise.all(transports.settled);
    expect(transports.counts().members).toBe(0);
  });

  test('costs little while it is not read, heartbeats included, and ends with SLOW_CONSUMER', async () => {
    const transports = await startTransports({ limits: { queuedResults: 4 }, heartbeatMs: 1 });
    const slow = open(transports);
    const fast = open(transports);
    await until('both are subscribed', () => transports.counts().members === 2);
    slow.pause();
    for (let n = 1; n <= 200; n += 1) {
      transports.push(n, 100_000);
      await until('the other client has it', () => fast.length() > n * 100_000);
    }
    expect(transports.counts().members).toBe(1);
    const [response] = transports.responses;
    const unsent = response?.writableLength ?? 0;
    expect(unsent).toBeLessThan(400_000);
    const read = fast.length();
    await until('many heartbeats have passed', () => fast.length() > read + 200 * heartbeat.length);
    expect(response?.writableLength).toBe(unsent);
    slow.resume();
    await until('it ends', slow.isOver);
    expect(slow.text()).toContain(failure);
    expect(slow.text()).toContain('SLOW_CONSUMER');
    expect(slow.text().split(result).length).toBeLessThan(150);
  });
});
