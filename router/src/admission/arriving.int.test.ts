import { type IncomingMessage, request } from 'node:http';
import { until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { startFront } from '../http/http.fixture.ts';
import { trusted } from '../pipeline/tokens.fixture.ts';
import { isRefused } from '../refusal.ts';
import { startLiveRouter } from '../subscriptions/live-router.fixture.ts';
import { Admission } from './admission.ts';
import { OPERATOR, unlimited } from './held.fixture.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

const BODY = '{"query":"{ __typename }"}'.padEnd(256 * 1024);
/** So many of them make 4 MiB. */
const OF_CLIENT = 16;

/** A router that tells clients apart by their addresses, 127.0.0.2 and so on. */
async function start(path = '/graphql') {
  const { router } = await startLiveRouter({ admission: unlimited, jwt: trusted });
  const accept = { accept: path === '/graphql' ? '*/*' : 'text/event-stream' };

  /** Sends a request but for its last byte. */
  function send(client: number, body = BODY, headers: Record<string, string> = {}) {
    const sent = request(new URL(path, router.url), {
      method: 'POST',
      agent: false,
      localAddress: `127.0.0.${client + 2}`,
      headers: { 'content-type': 'application/json', 'content-length': body.length, ...accept, ...headers },
    });
    onTestFinished(() => void sent.destroy());
    const seen: { status?: number | undefined; retryAfter?: string | undefined } = {};
    const { promise: responded, resolve, reject } = Promise.withResolvers<void>();
    responded.catch(() => {});
    sent.on('error', reject).on('response', (response: IncomingMessage) => {
      seen.status = response.statusCode;
      seen.retryAfter = response.headers['retry-after'];
      response.resume();
      resolve();
    });
    sent.write(body.slice(0, -1));
    const end = async () => {
      sent.end(body.slice(-1));
      await responded;
      return seen.status;
    };
    return { seen, end, leave: () => sent.destroy() };
  }

  const flood = (clients: number, ofEach: number) =>
    Array.from({ length: clients * ofEach }, (_, index) => send(index % clients));

  /** As much as may arrive at once, to the byte, comes whole: nothing else is counted. */
  const isFree = async (clients: number) => {
    const statuses: unknown[] = [];
    for (const { end } of flood(clients, OF_CLIENT)) statuses.push(await end().catch(() => 'closed'));
    return statuses.every((status) => status === 200);
  };

  return { send, flood, isFree };
}

type Sent = Awaited<ReturnType<typeof start>>['flood'];

const refusedOf = (sent: ReturnType<Sent>) => sent.filter(({ seen }) => seen.status !== undefined);

const paths = ['/graphql', '/graphql/stream'];

test.each(paths)(
  'what is beyond 4 MiB of bodies of one client that arrive at %s is refused with 429',
  async (path) => {
    const { send, flood, isFree } = await start(path);
    for (let round = 0; round < 2; round += 1) {
      const sent = flood(1, OF_CLIENT + 8);
      await until('what is beyond is refused', () => refusedOf(sent).length >= 8);
      for (const { seen } of refusedOf(sent)) expect(seen).toEqual({ status: 429, retryAfter: '1' });
      expect(await send(1).end()).toBe(200);
      expect(await send(0, BODY.trimEnd()).end()).toBe(200);
      for (const { leave } of sent) leave();
      await until('nothing of it counts', () => isFree(1));
    }
  },
);

test.each(paths)(
  'what is beyond 32 MiB of bodies of all at %s is refused with 503, but not what operators send',
  async (path) => {
    const { send, flood, isFree } = await start(path);
    for (let round = 0; round < 2; round += 1) {
      const sent = flood(9, OF_CLIENT);
      await until('what is beyond is refused', () => refusedOf(sent).length >= OF_CLIENT);
      for (const { seen } of refusedOf(sent)) expect(seen).toEqual({ status: 503, retryAfter: '1' });
      expect(await send(9, BODY.trimEnd()).end()).toBe(200);
      expect(await send(9, BODY, OPERATOR).end()).toBe(200);
      for (const { leave } of sent) leave();
      await until('nothing of it counts', () => isFree(8));
    }
  },
);

test('a refusal of a body that is arriving is held as any other of its client', async () => {
  const admission = new Admission({ limits: UNLIMITED, costLimit: 1e6, lagMs: () => 0, clock: systemClock });
  const filling = admission.enter('test');
  expect(isRefused(filling) || filling.arrive(4 * 1024 * 1024)).toBeUndefined();
  const held = Promise.withResolvers<void>();
  const holding: unknown[] = [];
  const { post } = await startFront({
    admit: (source) => admission.enter(source),
    hold: (source, { status }) => {
      holding.push({ source, status });
      return held.promise;
    },
  });
  const refused = post(BODY);
  await until('it is held', () => holding.length === 1);
  expect(holding).toEqual([{ source: 'test', status: 429 }]);
  held.resolve();
  const { status, body } = await refused;
  expect(status).toBe(429);
  expect(body.errors[0]?.extensions.code).toBe('TOO_MANY_REQUESTS');
});
