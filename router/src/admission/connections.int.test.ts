import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAddressOf } from './address.ts';
import { type ConnectionLimits, Connections } from './connections.ts';

interface Options {
  readonly limits?: Partial<ConnectionLimits>;
  readonly isBehindProxy?: boolean;
  readonly respond?: RequestListener;
}

/** A server that says of each request whose limit its connection is beyond; `/held` waits. */
async function start({ limits, isBehindProxy = false, respond }: Options = {}) {
  let now = 0;
  let held = 0;
  const server = createServer();
  const connections = new Connections(server, {
    limits: { perClient: 1e6, inAll: 1e6, ...limits },
    addressOf: createAddressOf(isBehindProxy ? { header: 'x-forwarded-for' } : {}),
    isBehindProxy,
    now: () => now,
  });
  server.on('request', (request, response) => {
    const beyond = connections.began(request, response) ?? 'within';
    if (respond) respond(request, response);
    else if (request.url === '/held') held += 1;
    else response.end(beyond);
  });
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => {});
    socket.resume().on('end', () => socket.end());
    socket.write(`HTTP/1.1 101 ${connections.upgraded(request) ?? 'within'}\r\nconnection: upgrade\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    const known = accepted.length;
    await once(socket, 'connect');
    await until('the server has the connection', () => accepted.length > known);
    const send = (path: string, headers = '') =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`);
    return {
      socket,
      send,
      text: () => text,
      ask: async (path = '/', headers = '') => {
        const before = text.length;
        send(path, headers);
        return await until(
          'a response',
          () => /(within|client|all)(?=\r?\n|$)/.exec(text.slice(before))?.[1],
        );
      },
      hold: async () => {
        const before = held;
        send('/held');
        await until('the request is there', () => held > before);
      },
      isClosed: () => until('the connection is closed', () => socket.closed),
    };
  };
  return { connections, open, accepted, pass: (ms: number) => (now += ms) };
}

const UPGRADE = 'connection: upgrade\r\nupgrade: websocket\r\n';

describe('connections beyond a limit', () => {
  test.each([
    ['of one client', { perClient: 3 }],
    ['in all', { inAll: 3 }],
  ])('%s close the one that is idle longest', async (_what, limits) => {
    const { open, connections } = await start({ limits });
    const [first, second, third] = [await open(), await open(), await open()];
    expect(await first.ask()).toBe('within');
    const fourth = await open();
    await second.isClosed();
    expect(await fourth.ask()).toBe('within');
    expect(await first.ask()).toBe('within');
    expect(third.socket.closed).toBe(false);
    expect(connections.counts).toMatchObject({ open: 3, closed: { idle: 1 } });
  });

  test.each([
    ['of one client', { perClient: 2 }, 'client'],
    ['in all', { inAll: 2 }, 'all'],
  ])('%s are known as such where none is idle', async (_what, limits, beyond) => {
    const { open } = await start({ limits });
    await (await open()).hold();
    expect(await (await open()).ask('/', UPGRADE)).toBe('within');
    expect(await (await open()).ask()).toBe(beyond);
    expect(await (await open()).ask('/', UPGRADE)).toBe(beyond);
  });

  test('are closed that become WebSockets while a request of theirs has no response', async () => {
    const { open, connections } = await start();
    const client = await open();
    await client.hold();
    client.send('/', UPGRADE);
    await client.isClosed();
    expect(client.text()).toBe('');
    expect(connections.counts).toMatchObject({ open: 0, closed: { pipelined: 1 } });
  });

  test('are closed at once where even the reserve is used up', async () => {
    const { open, connections } = await start({ limits: { perClient: 1 } });
    for (let count = 0; count < 9; count += 1) await (await open()).hold();
    await (await open()).isClosed();
    expect(connections.counts).toMatchObject({ open: 9, closed: { refused: 1 } });
  });

  test('are not counted by peer where that is a proxy, but WebSockets are by the address it adds', async () => {
    const { open } = await start({ limits: { perClient: 1 }, isBehindProxy: true });
    const from = (address: string) => `${UPGRADE}x-forwarded-for: 203.0.113.${Math.random()}, ${address}\r\n`;
    for (let count = 0; count < 3; count += 1) expect(await (await open()).ask()).toBe('within');
    const first = await open();
    expect(await first.ask('/', from('192.0.2.1'))).toBe('within');
    expect(await (await open()).ask('/', from('192.0.2.1'))).toBe('client');
    expect(await (await open()).ask('/', from('192.0.2.2'))).toBe('within');
    first.socket.destroy();
    await until('there is room', async () => (await (await open()).ask('/', from('192.0.2.1'))) === 'within');
  });
});

describe('a client that does not read', () => {
  const large: RequestListener = (_request, response) => void response.end(Buffer.alloc(20_000_000));

  async function startUnread() {
    const server = await start({ respond: large });
    const client = await server.open();
    client.socket.pause();
    client.send('/');
    await until('it is sent as far as it can be', () => (server.accepted[0]?.writableLength ?? 0) > 0);
    return { ...server, client };
  }

  test('is disconnected after its time, by the size of what it leaves', async () => {
    const { connections, pass } = await startUnread();
    connections.sweep();
    pass(30_000);
    connections.sweep();
    expect(connections.counts.closed.unread).toBe(0);
    pass(20_001_000 / 8);
    connections.sweep();
    expect(connections.counts).toMatchObject({ open: 0, closed: { unread: 1 } });
  });

  test('is disconnected also while it is sent more', async () => {
    const { connections, accepted, pass } = await startUnread();
    for (let ms = 0; ms <= 30_000 + 20_010_000 / 8; ms += 10_000) {
      accepted[0]?.write('more');
      connections.sweep();
      pass(10_000);
    }
    connections.sweep();
    expect(connections.counts).toMatchObject({ open: 0, closed: { unread: 1 } });
  });

  test('is disconnected at once where its connections hold too much', async () => {
    const { connections, open, client } = await startUnread();
    const other = await open();
    other.socket.pause();
    other.send('/');
    await until('the newer one is closed', () => {
      connections.sweep();
      return connections.counts.closed.unread === 1;
    });
    expect(connections.counts.open).toBe(1);
    expect(client.socket.closed).toBe(false);
  });

  test('while one that reads stays', async () => {
    const { connections, open, pass } = await start({ respond: large });
    const client = await open();
    client.send('/');
    await until('it is read', () => client.text().length > 20_000_000);
    await until('it is sent', () => {
      connections.sweep();
      pass(10_000_000);
      return connections.counts.open === 1;
    });
    expect(connections.counts.closed.unread).toBe(0);
  });
});
