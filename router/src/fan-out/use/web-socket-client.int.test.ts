import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@airline/testing';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { SUBSCRIBE } from './facade.fixture.ts';
import { eventsTo, recordResults, startTransports, type Transports } from './transport.fixture.ts';

function clientOf({ webSocketUrl }: Transports, connectionParams: Record<string, unknown> = {}) {
  const client = createClient({
    url: webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  onTestFinished(async () => client.dispose());
  const { sink, ...seen } = recordResults();
  return { ...seen, subscribe: (query: string) => client.subscribe({ query }, sink) };
}

describe("graphql-ws's client", () => {
  test('gets the results of queries and mutations, and events until it leaves', async () => {
    const transports = await startTransports();
    const { results, ends, subscribe } = clientOf(transports);
    subscribe('{ anything }');
    subscribe('mutation { anything }');
    await until('both have results', () => ends.length === 2);
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

  test.each([[{ authorization: 'me' }], [{ Authorization: 'me' }], [{ headers: { Authorization: 'me' } }]])(
    'brings its credentials as %j',
    async (parameters) => {
      const transports = await startTransports();
      const { ends, subscribe } = clientOf(transports, parameters);
      subscribe('{ anything }');
      await until('it has a result', () => ends.length === 1);
      expect(transports.authorities).toEqual(['me']);
    },
  );

  test('whose credentials are refused gets no connection', async () => {
    const transports = await startTransports();
    const { ends, subscribe } = clientOf(transports, { authorization: 'invalid' });
    subscribe('{ anything }');
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual([expect.objectContaining({ code: 4401 })]);
  });

  test('gets the errors that end a subscription, with their codes', async () => {
    const transports = await startTransports();
    const { ends, subscribe } = clientOf(transports);
    subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.fail([
      { message: 'first', extensions: { code: 'CURSOR_EXPIRED' } },
      { message: 'second', extensions: { code: 'NOT_FOUND' } },
    ]);
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual([
      [
        { message: 'first', extensions: { code: 'CURSOR_EXPIRED' } },
        { message: 'second', extensions: { code: 'NOT_FOUND' } },
      ],
    ]);
  });

  test.each([true, false])(
    'connects with a new token when its own has expired (lazily: %s)',
    async (lazy) => {
      const transports = await startTransports();
      const tokens = ['brief', 'renewed'];
      const client = createClient({
        url: transports.webSocketUrl,
        webSocketImpl: WebSocket,
        connectionParams: () => ({ authorization: tokens.shift() }),
        lazy,
        retryWait: async () => {},
      });
      onTestFinished(async () => client.dispose());
      const { sink, ends, results } = recordResults();
      client.subscribe({ query: SUBSCRIBE }, sink);
      await until('it is subscribed', () => transports.counts().members === 1);
      transports.expire();
      await until('its subscription ends', () => ends.length === 1);
      expect(ends).toEqual([[expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })]]);
      client.subscribe({ query: SUBSCRIBE }, sink);
      await until('it is subscribed again', () => transports.counts().members === 1);
      transports.push(1);
      await until('it has an event', () => results.length === 1);
      expect(transports.authorities).toEqual(['brief', 'renewed']);
      expect(ends).toHaveLength(1);
    },
  );

  test('completes with its subscription', async () => {
    const transports = await startTransports();
    const { ends, subscribe } = clientOf(transports);
    subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.complete();
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual(['complete']);
  });

  test('is closed with 1001 when the router closes, which accepts no connection after that', async () => {
    const transports = await startTransports();
    const { ends, subscribe } = clientOf(transports);
    subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    const late = connect(Number(new URL(transports.url).port), '127.0.0.1');
    await once(late, 'connect');
    const closed = transports.webSockets.close();
    late.write(
      'GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    let response = '';
    late.on('data', (data) => {
      response += String(data);
    });
    await Promise.all([closed, once(late, 'close')]);
    expect(response).not.toContain('101');
    await until('it ends', () => ends.length === 1);
    expect(ends).toEqual([expect.objectContaining({ code: 1001 })]);
    expect(transports.counts().members).toBe(0);
  });
});
