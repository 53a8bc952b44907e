import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { serveSample } from './sample.fixture.ts';

const BALANCE = 'subscription ($id: ID) { balanceChanged(id: $id) { id balance } }';
const PROTOCOL = ['graphql-transport-ws'];
const ANNOUNCED = { announceCursor: true };

/** A socket of which the test does each step itself. */
async function openSocket(url: string, protocol = PROTOCOL) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocol);
  const messages: { id?: string; type: string; payload?: unknown }[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code]) => code as number);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    socket,
    messages,
    closed,
    send,
    start: async (query: string, variables?: object) => {
      send({ type: 'connection_init' });
      await until('it is acknowledged', () => messages.some(({ type }) => type === 'connection_ack'));
      send({ id: 's', type: 'subscribe', payload: { query, variables } });
    },
  };
}

describe('a socket', () => {
  test.each([
    ['no subprotocol', [], {}, 4406],
    ['no initialisation', PROTOCOL, { id: 's', type: 'subscribe', payload: { query: '' } }, 4401],
    ['what is no message', PROTOCOL, { type: 'nonsense' }, 4400],
    ['a message of servers', PROTOCOL, { type: 'next', id: 's', payload: {} }, 4400],
    ['too deep a message', PROTOCOL, JSON.parse('['.repeat(70) + ']'.repeat(70)), 4400],
    ['too large a message', PROTOCOL, { type: 'ping', payload: { x: 'x'.repeat(2 ** 21) } }, 1009],
  ])('with %s is closed', async (_what, protocol, message, code) => {
    const { server, log } = await serveSample();
    const { closed, send } = await openSocket(server.url, protocol);
    send(message);
    expect(await closed).toBe(code);
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('is refused at other paths, and offers of HTTP/2 are passed over', async () => {
    const { server } = await serveSample();
    const ask = async (head: string) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`${head}\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n`);
      return { socket, response: once(socket, 'data').then(([data]) => String(data)) };
    };
    const other = await ask('GET /other HTTP/1.1');
    other.socket.write('Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n');
    expect(await other.response).toMatch(/^HTTP\/1.1 404 Not Found.*NOT_FOUND/s);
    const http = await ask('GET /health/live HTTP/1.1');
    http.socket.write('Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n');
    expect(await http.response).toMatch(/^HTTP\/1.1 200 OK/);
    other.socket.destroy();
    http.socket.destroy();
  });

  test('is refused to pages of other sites, and under names of theirs', async () => {
    const { server } = await serveSample();
    const { host } = new URL(server.url);
    const ask = async (headers: string) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(
        `GET /graphql HTTP/1.1\r\n${headers}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Protocol: ${PROTOCOL}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      const [data] = await once(socket, 'data');
      socket.destroy();
      return String(data);
    };
    expect(await ask(`Host: ${host}`)).toMatch(/^HTTP\/1.1 101 /);
    for (const foreign of [
      `Host: ${host}\r\nOrigin: http://evil.example`,
      `Host: ${host}\r\nOrigin: null`,
      'Host: evil.example',
    ])
      expect(await ask(foreign)).toMatch(/^HTTP\/1.1 403 Forbidden.*FORBIDDEN/s);
  });

  test('may use an id again at once, for what can then be ended', async () => {
    const { server, asked, received, pay, store } = await serveSample();
    const { start, send, messages } = await openSocket(server.url);
    await start('subscription ($id: ID) { balanceChanged(id: $id) { id } }');
    send({ id: 's', type: 'complete' });
    const results = () => messages.filter(({ type }) => type === 'next');
    send({ id: 's', type: 'subscribe', payload: { query: 'subscription { balanceChanged { balance } }' } });
    await until('the new one has its events', async () => {
      await pay('a');
      return results().length > 0;
    });
    expect(results().map(({ payload }) => Object(payload).data.balanceChanged)).toEqual(
      results().map(() => ({ balance: expect.any(Number) })),
    );
    send({ id: 's', type: 'complete' });
    send({ type: 'ping' });
    await until('it is done', () => messages.some(({ type }) => type === 'pong'));
    await until('none is asked for any more', async () => {
      await pay('a');
      const last = await store.log.last();
      await until('it is received', () => received.includes(last));
      return !asked.includes(last);
    });
  });

  test('that is not read costs little, and has everything in order once it is read again', async () => {
    const { server, subscribe, pay, padded, store } = await serveSample();
    const slow = await openSocket(server.url);
    await slow.start('subscription { balanceChanged { balance padding } }');
    const fast = subscribe(BALANCE, {}, ANNOUNCED);
    await fast.all(1);
    await until('the slow one is live, too', async () => {
      await pay('warm-up');
      return slow.messages.length > 1;
    });
    const before = slow.messages.length - 1;
    slow.socket.pause();
    await pay('a', 1000);
    const last = await store.log.last();
    await until('the others have all', () => fast.pushed.at(-1)?.extensions?.cursor === `${last}-0`);
    // What the system's buffers hold, and one more; 64 MB were written.
    expect(padded()).toBeLessThan(400);
    slow.socket.resume();
    const balances = () =>
      slow.messages.flatMap(({ payload }) => {
        const { balance } = Object(Object(Object(payload).data).balanceChanged);
        return typeof balance === 'number' ? [balance] : [];
      });
    await until('it has all', () => balances().length >= 1000 + before);
    expect(padded()).toBeGreaterThanOrEqual(1000);
    expect(balances().slice(-1000)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  });

  test.each(['unsubscribes', 'closes'])('leaves no listener when it %s', async (how) => {
    const { server, asked, received, pay, store } = await serveSample();
    for (let round = 0; round < 20; round += 1) {
      const { socket, messages, send, start, closed } = await openSocket(server.url);
      await start('subscription ($id: ID) { balanceChanged(id: $id) { id } }');
      await until('it has its events', async () => {
        await pay('a');
        return messages.length > 1;
      });
      if (how === 'unsubscribes') {
        send({ id: 's', type: 'complete' });
        send({ type: 'ping' });
        await until('it is done', () => messages.some(({ type }) => type === 'pong'));
      }
      socket.close();
      await closed;
    }
    let events = 0;
    await until('none is asked for any more', async () => {
      events += 1;
      await pay('a');
      const last = await store.log.last();
      await until('it is received', () => received.includes(last));
      return !asked.includes(last);
    });
    // A full buffer makes a follower that is not read stop listening, too.
    expect(events).toBeLessThan(50);
  });

  test('control: is asked for while it stays', async () => {
    const { subscribe, asked, received, pay } = await serveSample();
    const { all } = subscribe(BALANCE, {}, ANNOUNCED);
    await all(1);
    await pay('a');
    await all(2);
    await pay('a');
    await until('it is received', () => received.includes(2));
    expect(asked).toContain(2);
  });
});

describe('closing a server', () => {
  test('closes sockets with 1001', async () => {
    const { server, subscribe } = await serveSample();
    const subscription = subscribe(BALANCE, {}, ANNOUNCED);
    await subscription.all(1);
    await server.close();
    expect(await subscription.ended()).toBe(1001);
  });

  test('does not wait for clients that never respond', async () => {
    const { server } = await serveSample();
    const { socket, start, messages } = await openSocket(server.url);
    await start('subscription { broken }');
    await until('it is served', () => messages.length > 1);
    socket.pause();
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

test('over plain HTTP, subscriptions are refused', async () => {
  const { server } = await serveSample();
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'subscription { broken }' }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});
