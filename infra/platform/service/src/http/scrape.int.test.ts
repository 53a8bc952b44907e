import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createMetrics } from '@airline/observability';
import { raw } from '@airline/testing/hostile-input';
import { expect, test } from 'vitest';
import { createScraper } from './scrape.ts';
import { startTestServer } from './server.fixture.ts';

function measured() {
  const metrics = createMetrics();
  let written = 0;
  metrics.onScrape(() => {
    written += 1;
  });
  return { metrics, written: () => written };
}

const responseOn = (socket: Socket) => new ServerResponse(new IncomingMessage(socket));

test('a text of metrics is written once a second, for all who ask meanwhile', async () => {
  const { metrics, written } = measured();
  let now = 0;
  const scrape = createScraper(metrics, () => now);
  const ask = async () => (await scrape(responseOn(new Socket()))).body;
  const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
  now = 999;
  expect([...others, await ask()].every((body) => body === first)).toBe(true);
  expect(written()).toBe(1);
  now = 1_000;
  expect(await ask()).not.toBe(first);
  expect(written()).toBe(2);
});

test('what is asked for on one connection waits until what was asked for before is read', async () => {
  const { metrics } = measured();
  const scrape = createScraper(metrics, () => 0);
  const socket = new Socket();
  const responses = [0, 1, 2].map(() => responseOn(socket));
  const begun: number[] = [];
  const all = responses.map((response, index) => scrape(response).then(() => begun.push(index)));
  await all[0];
  await scrape(responseOn(new Socket()));
  await setImmediate();
  expect(begun).toEqual([0]);
  responses[0]?.emit('close');
  await all[1];
  await setImmediate();
  expect(begun).toEqual([0, 1]);
});

test('a connection that waits for more than 8 is closed', async () => {
  const scrape = createScraper(measured().metrics, () => 0);
  const socket = new Socket();
  const ask = () => {
    const response = responseOn(socket);
    void scrape(response);
    return response;
  };
  const [first] = Array.from({ length: 8 }, ask);
  first?.emit('close');
  ask();
  expect(socket.destroyed).toBe(false);
  ask();
  expect(socket.destroyed).toBe(true);
});

test('pipelined requests for metrics all have their response', async () => {
  const { metrics } = measured();
  const { origin } = await startTestServer({ metrics });
  const request = (more = '') => `GET /metrics HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`;
  const received = await raw(
    Number(new URL(origin).port),
    request().repeat(7) + request('connection: close\r\n'),
  );
  expect(received.match(/HTTP\/1.1 200 OK/g)).toHaveLength(8);
});
