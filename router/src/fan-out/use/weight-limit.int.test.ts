import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { SUBSCRIBE } from './facade.fixture.ts';
import { openStream } from './stream.fixture.ts';
import { startTransports } from './transport.fixture.ts';
import { openSocket } from './web-socket.fixture.ts';

// The one subscription of the fixture weighs 1.
describe.each([
  ['a client', { weightPerClient: 0 }, 429, 'SUBSCRIPTION_LIMIT_EXCEEDED'],
  ['all', { weight: 0 }, 503, 'OVERLOADED'],
])('a subscription beyond what those of %s may weigh is refused', (_whose, limits, status, code) => {
  test('by WebSocket', async () => {
    const transports = await startTransports({ limits });
    const { initialise, subscribe, of } = await openSocket(transports);
    await initialise();
    subscribe('1');
    await until('it is refused', () => of('1').length === 1);
    const payload = [expect.objectContaining({ extensions: { code } })];
    expect(of('1')).toEqual([{ id: '1', type: 'error', payload }]);
    expect(transports.counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
  });

  test('by server-sent events', async () => {
    const { streamUrl, counts } = await startTransports({ limits });
    const stream = openStream(`${streamUrl}?query=${encodeURIComponent(SUBSCRIBE)}`);
    await until('it is over', stream.isOver);
    expect(stream.text()).toContain(code);
    expect(counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
  });

  test('by multipart', async () => {
    const { url, counts } = await startTransports({ limits });
    const headers = { 'content-type': 'application/json', accept: 'multipart/mixed;subscriptionSpec=1.0' };
    const stream = openStream(url, { method: 'POST', headers, body: JSON.stringify({ query: SUBSCRIBE }) });
    await until('it is refused', () => stream.status() !== undefined);
    expect(stream.status()).toBe(status);
    expect(counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
  });
});
