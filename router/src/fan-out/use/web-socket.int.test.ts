import { once } from 'node:events';
import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTransports } from './transport.fixture.ts';
import { openSocket } from './web-socket.fixture.ts';

describe('a socket', () => {
  test('stays open when one of its operations is refused', async () => {
    const transports = await startTransports();
    const { initialise, subscribe, received, messages } = await openSocket(transports);
    await initialise();
    subscribe('1', '{ refused }');
    expect(await received('error')).toEqual({
      type: 'error',
      id: '1',
      payload: [{ message: 'refused', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    subscribe('2', '{ anything }');
    await received('complete');
    expect(messages.map(({ id, type }) => [id, type]).slice(2)).toEqual([
      ['2', 'next'],
      ['2', 'complete'],
    ]);
  });

  test.each([
    ['what is no JSON', 'nonsense', 4400],
    ['what is no message', '{"type":"nonsense"}', 4400],
    ['what is no operation', '{"type":"subscribe","id":"1","payload":{"query":1}}', 4400],
    ['an acknowledgement', '{"type":"connection_ack"}', 4400],
    ['a result', '{"type":"next","id":"1","payload":{}}', 4400],
    ['errors', '{"type":"error","id":"1","payload":[{"message":"no"}]}', 4400],
    ['binary data', Buffer.from('{"type":"ping"}'), 4400],
    ['a subscription without an id', '{"type":"subscribe","payload":{"query":"{a}"}}', 4400],
    ['what is not UTF-8', Buffer.from([0xff, 0xfe]), 4400],
    ['what nests too deep', `{"type":"ping","payload":{"a":${'['.repeat(90)}${']'.repeat(90)}}}`, 4400],
    ['a long ping', `{"type":"ping","payload":{"a":"${'x'.repeat(12 * 1024)}"}}`, 4400],
    [
      'a long ping that names subscribe',
      `{"type":"ping","payload":["subscribe",${'1,'.repeat(7_000)}1]}`,
      4400,
    ],
    ['a long initialisation', `{"type":"connection_init","payload":{"a":"${'x'.repeat(12 * 1024)}"}}`, 4400],
    ['too long an id', `{"type":"subscribe","id":"${'x'.repeat(513)}","payload":{"query":"{a}"}}`, 4400],
    ['too much', `{"type":"ping","payload":{"a":"${'x'.repeat(70_000)}"}}`, 1009],
    [
      'an operation before its initialisation',
      '{"type":"subscribe","id":"1","payload":{"query":"{a}"}}',
      4401,
    ],
  ])('that sends %s is closed', async (_what, message, code) => {
    const transports = await startTransports();
    const { socket, closed } = await openSocket(transports);
    socket.send(message);
    expect(await closed).toBe(code);
    expect(transports.log).toEqual([]);
  });

  test('may send as long a token as over HTTP', async () => {
    const transports = await startTransports();
    const { socket, received } = await openSocket(transports);
    const payload = { authorization: 'x'.repeat(8_192) };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await received('connection_ack');
  });

  test('may send a message in several frames, but not in ever so many', async () => {
    const transports = await startTransports();
    const { socket, closed, received } = await openSocket(transports);
    const send = (text: string) => {
      for (const character of text) socket.send(character, { fin: false });
      socket.send('', { fin: true });
    };
    send('{"type":"connection_init"}');
    await received('connection_ack');
    send(`{"type":"ping"}${' '.repeat(64)}`);
    expect(await closed).toBe(1008);
  });

  test('that speaks another protocol is closed', async () => {
    const { webSocketUrl } = await startTransports();
    const socket = new WebSocket(webSocketUrl);
    const [code] = await once(socket, 'close');
    expect(code).toBe(4406);
  });

  test('may have so many subscriptions at once, and one more when one of them has ended', async () => {
    const transports = await startTransports({ limits: { perConnection: 2 } });
    const { initialise, subscribe, send, of } = await openSocket(transports);
    const other = await openSocket(transports);
    await Promise.all([initialise(), other.initialise()]);
    for (const id of ['1', '2', '3']) subscribe(id);
    await until('the third is refused', () => of('3').length === 1);
    expect(of('3')).toEqual([
      {
        id: '3',
        type: 'error',
        payload: [expect.objectContaining({ extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED' } })],
      },
    ]);
    other.subscribe('1');
    await until('another socket has its own count', () => transports.counts().members === 3);
    send({ type: 'complete', id: '1' });
    await until('it has left', () => transports.counts().members === 2);
    subscribe('4');
    await until('there is room again', () => transports.counts().members === 3);
    expect(of('4')).toEqual([]);
  });

  test('that closes leaves all its subscriptions, those still being prepared, too', async () => {
    const gate = Promise.withResolvers<void>();
    let preparing = 0;
    const transports = await startTransports({
      preparing: () => {
        preparing += 1;
        return preparing > 1 ? gate.promise : Promise.resolve();
      },
    });
    const { initialise, subscribe, socket } = await openSocket(transports);
    await initialise();
    subscribe('1');
    await until('the first is subscribed', () => transports.counts().members === 1);
    subscribe('2');
    await until('the second is being prepared', () => preparing === 2);
    socket.close();
    await until('the first has left', () => transports.counts().members === 0);
    gate.resolve();
    const { initialise: again, subscribe: more, received } = await openSocket(transports);
    await again();
    more('3', '{ anything }');
    await received('complete');
    expect(transports.counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
  });

  test('that is not read costs little, and its subscriptions end as too slow', async () => {
    const transports = await startTransports({ limits: { queuedResults: 4 } });
    const { initialise, subscribe, socket, of } = await openSocket(transports);
    const reading = await openSocket(transports);
    await Promise.all([initialise(), reading.initialise()]);
    subscribe('1');
    reading.subscribe('1');
    await until('both are subscribed', () => transports.counts().members === 2);
    socket.pause();
    for (let n = 1; n <= 200; n += 1) {
      transports.push(n, 100_000);
      await until('who reads has it', () => reading.of('1').length === n);
    }
    expect(transports.counts().members).toBe(1);
    socket.resume();
    await until('it receives the error', () => of('1').at(-1)?.type === 'error');
    expect(of('1').at(-1)?.payload).toEqual([
      expect.objectContaining({ extensions: { code: 'SLOW_CONSUMER' } }),
    ]);
    // What the system's buffers hold; 20 MB were sent.
    expect(of('1').length).toBeLessThan(150);
  });

  test.each([
    ['large', 4_000],
    ['small', 0],
  ])(
    'that asks and asks without reading, by %s messages, is not read either, and is cut off',
    async (_, length) => {
      const transports = await startTransports({ pingIntervalMs: 500 });
      const { initialise, socket, closed } = await openSocket(transports);
      await initialise();
      socket.pause();
      const [server] = transports.sockets;
      const ping = JSON.stringify({
        type: 'ping',
        ...(length > 0 && { payload: { x: 'x'.repeat(length) } }),
      });
      let unsent = 0;
      await until('it is cut off', () => {
        // As many as the connection takes.
        for (let i = 0; i < 10_000 && socket.bufferedAmount < 1_000_000; i += 1) socket.send(ping);
        unsent = Math.max(unsent, server?.writableLength ?? 0);
        return server?.destroyed;
      });
      // A piece of what comes holds sixteen large or thousands of small ones.
      expect(unsent / (ping.length + 4)).toBeLessThan(100);
      socket.resume();
      expect([1006, 1013]).toContain(await closed);
    },
  );

  test('that asks and asks and reads has each response, however many come at once', async () => {
    const transports = await startTransports();
    const { initialise, socket, messages } = await openSocket(transports);
    await initialise();
    for (let i = 0; i < 20_000; i += 1) socket.send('{"type":"ping"}');
    await until('all are there', () => messages.filter(({ type }) => type === 'pong').length === 20_000);
  });

  test('that sends half of a message and no more is terminated, though it responds to pings', async () => {
    const transports = await startTransports({ pingIntervalMs: 500 });
    const { initialise, socket, closed } = await openSocket(transports);
    await initialise();
    socket.send(' '.repeat(5_000), { fin: false });
    expect(await closed).toBe(1006);
  });

  test('whose client does not respond to pings is terminated, and one that does is not', async () => {
    const transports = await startTransports({ pingIntervalMs: 500 });
    const silent = await openSocket(transports, { autoPong: false });
    const alive = await openSocket(transports);
    await Promise.all([silent.initialise(), alive.initialise()]);
    let pings = 0;
    alive.socket.on('ping', () => {
      pings += 1;
    });
    silent.subscribe('1');
    expect(await silent.closed).toBe(1006);
    await until('nothing is left', () => transports.counts().members === 0);
    await until('the other was asked several times', () => pings >= 3);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });
});
