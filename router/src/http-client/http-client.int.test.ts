import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { listen, makeCertificate, requires, tempFolder, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { response, startRawSubgraph } from '../sources/raw-subgraph.fixture.ts';
import { clientWith, ok, trusting } from './http-client.fixture.ts';

describe('a body', () => {
  test.each([
    ['of ASCII', 'x'.repeat(300_000)],
    ['of other characters', 'é😀'.repeat(50_000)],
  ])('%s comes as it was sent, both ways', async (_name, body) => {
    const { url } = await startRawSubgraph((socket, _nth, request) =>
      socket.write(response(Buffer.from(request.body, 'latin1'))),
    );
    const { post } = clientWith();
    expect(await post(url, body)).toEqual(ok(body));
    expect(await post(url, body)).toEqual(ok(body));
  });

  test('is not mixed with those of other connections', async () => {
    const { url } = await startRawSubgraph((socket, nth, request) => {
      const bytes = response(request.body);
      const half = Math.floor(bytes.length / (1 + (nth % 3)));
      socket.write(bytes.subarray(0, half), () => socket.write(bytes.subarray(half)));
    });
    const { post } = clientWith({ connections: 8 });
    const bodies = Array.from({ length: 100 }, (_, nth) => String(nth % 10).repeat(1 + nth * 150));
    expect(await Promise.all(bodies.map((body) => post(url, body)))).toEqual(bodies.map(ok));
  });
});

describe('a connection', () => {
  test('is used again, by the calls that wait in turn', async () => {
    const { url, requests, connected } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith({ connections: 2 });
    const bodies = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(bodies.map((body) => post(url, body)));
    expect(connected()).toBe(2);
    expect(requests.map(({ body }) => body)).toEqual(bodies);
  });

  test.each([
    ['the server closes it', response('{}', { headers: { connection: 'close' } })],
    ['the server closes it at once', response('{}', { headers: { 'keep-alive': 'timeout=1' } })],
    ['something comes behind a response', Buffer.concat([response('{}'), response('{"other":1}')])],
  ])('is not used again when %s', async (_name, bytes) => {
    const { url, connected, open } = await startRawSubgraph((socket) => socket.write(bytes));
    const { post } = clientWith();
    expect([await post(url), await post(url)]).toEqual([ok('{}'), ok('{}')]);
    expect(connected()).toBe(2);
    await until('both are closed', () => open() === 0);
  });

  test('does not carry a request whose client leaves in the turn in which it begins', async () => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith();
    await post(url, '1');
    expect(await post(url, '2', { leaves: true })).toEqual({ failed: 'unanswered' });
    await post(url, '3');
    expect(requests.map(({ body }) => body)).toEqual(['1', '3']);
  });

  test('on which something comes that nobody asked for is closed', async () => {
    const sockets: Socket[] = [];
    const { url, open } = await startRawSubgraph((socket) => {
      sockets.push(socket);
      socket.write(response('{}'));
    });
    const { post } = clientWith({ keepAliveMs: 600_000 });
    await post(url);
    sockets[0]?.write(response('{"stale":1}'));
    await until('it is closed', () => open() === 0);
    expect(await post(url)).toEqual(ok('{}'));
  });

  test('that the server has closed is not used', async () => {
    const { url, connected, open } = await startRawSubgraph((socket) => {
      socket.write(response('{}'));
      setImmediate(() => socket.end());
    });
    const { post } = clientWith();
    for (let times = 0; times < 3; times += 1) {
      expect(await post(url)).toEqual(ok('{}'));
      await until('it is closed', () => open() === 0);
    }
    expect(connected()).toBe(3);
  });

  test('that is idle is closed', async () => {
    const { url, open } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith({ keepAliveMs: 1 });
    await post(url);
    await until('it is closed', () => open() === 0);
  });

  test('that was idle for too long is not used, even before it is closed', async () => {
    const { url, connected } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith({ keepAliveMs: 1 });
    await post(url);
    const responded = performance.now();
    await until('its time is over', () => performance.now() > responded + 2);
    expect(await post(url)).toEqual(ok('{}'));
    expect(connected()).toBe(2);
  });

  test('that does not come about in time fails its call, and makes room for the next', async () => {
    // Never resolved, as by a name server that is away.
    let isAway = true;
    const { url } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith({
      connections: 1,
      connectTimeoutMs: 50,
      lookup: (_host, _options, callback) =>
        isAway ? undefined : callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const named = url.replace('127.0.0.1', 'flight.invalid');
    const first = post(named);
    const second = post(named);
    isAway = false;
    expect([await first, await second]).toEqual([{ failed: 'unconnected' }, ok('{}')]);
  });
});

describe('a call', () => {
  test('for whose response nobody waits when its turn comes is not sent', async () => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response('{}')));
    const { post } = clientWith({ connections: 1 });
    const sent = [post(url, '1'), post(url, '2', { isOver: true }), post(url, '3')];
    expect(await Promise.all(sent)).toEqual([ok('{}'), { failed: 'unconnected' }, ok('{}')]);
    expect(requests.map(({ body }) => body)).toEqual(['1', '3']);
  });

  test('fails when the client is closed, wherever it is', async () => {
    const { url, requests, open } = await startRawSubgraph(() => {});
    const { post, close } = clientWith({ connections: 1 });
    const sent = [post(url), post(url)];
    await until('the first has arrived', () => requests.length === 1);
    close();
    expect(await Promise.all([...sent, post(url)])).toEqual([
      { failed: 'unanswered' },
      { failed: 'unconnected' },
      { failed: 'unconnected' },
    ]);
    await until('its connection is closed', () => open() === 0);
  });
});

test('responses that are not whole have so many bytes in all, beyond which one fails', async () => {
  const sockets: Socket[] = [];
  const whole = response('x'.repeat(2_000));
  const isWhole = () => sockets.length > 3;
  const { url } = await startRawSubgraph((socket) => {
    sockets.push(socket);
    socket.write(isWhole() ? whole : whole.subarray(0, -1_000));
  });
  const { post } = clientWith({ keptBytes: 2_500 });
  const some = [post(url), post(url), post(url)];
  expect(await Promise.race(some)).toEqual({ failed: 'responding' });
  for (const socket of sockets) socket.write(whole.subarray(-1_000));
  const ended = ok('x'.repeat(2_000));
  expect(await Promise.all(some)).toEqual(expect.arrayContaining([ended, { failed: 'responding' }]));
  for (let times = 0; times < 3; times += 1) expect(await post(url)).toEqual(ended);
});

test('of a response that is refused nothing is kept, however much of it has come', async () => {
  const chunks = '64\r\n'.concat('x'.repeat(100), '\r\n').repeat(50);
  const { url } = await startRawSubgraph((socket, nth) =>
    nth === 1
      ? socket.write(response('x'.repeat(100)).subarray(0, -1))
      : socket.write(
          nth <= 6 ? `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}` : response('x'),
        ),
  );
  const { post } = clientWith({ keptBytes: 10_000 });
  // While there is a connection, what is kept is counted on.
  void post(url);
  for (let times = 0; times < 5; times += 1)
    expect(await post(url, '{}', { most: 99 })).toEqual({ failed: 'responding' });
  expect(await post(url)).toEqual(ok('x'));
});

describe('a server with TLS', requires('openssl').options, () => {
  async function secured() {
    await using folder = await tempFolder();
    const { key, certificate } = makeCertificate(folder.path);
    const texts = { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') };
    const server = createSecureServer(texts, (request, answer) => request.pipe(answer));
    onTestFinished(() => void server.close());
    return { url: `https://localhost:${await listen(server)}/graphql`, certificate: texts.cert };
  }

  test('is asked if its certificate is trusted', async () => {
    const { url, certificate } = await secured();
    trusting(certificate);
    const { post } = clientWith();
    const body = '{"é":1}'.repeat(20_000);
    expect([await post(url, body), await post(url, '{}')]).toEqual([ok(body), ok('{}')]);
  });

  test('is not asked otherwise', async () => {
    const { url } = await secured();
    expect(await clientWith().post(url)).toEqual({ failed: 'unconnected' });
  });
});
