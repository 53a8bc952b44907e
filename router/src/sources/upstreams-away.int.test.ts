import { freePort, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { startStub } from './stub-subgraph.fixture.ts';
import { event, open, seqsOf, serveLog, start } from './upstreams.fixture.ts';

describe('a subgraph that no longer responds', () => {
  test('is detected by missed pongs, again and again', async () => {
    let responds = true;
    const { stub, connect } = await start({ respondsToPings: () => responds }, { ping: 20, pong: 20 });
    connect();
    await until('it is subscribed', () => stub.begun.length === 1);
    responds = false;
    await until('it was subscribed again several times', () => stub.begun.length >= 4);
    responds = true;
    await until('it is subscribed', () => stub.upstreams().length === 1);
    await until('nothing else is open', () => stub.connections() === 1);
  });

  test('before the socket is open is given up', async () => {
    const silent = await startStub({ silent: true });
    const { upstreams, connect, lines } = open({ opening: 20 });
    upstreams.locate('flight', silent.url);
    connect();
    await until('it was tried', () => silent.connections() > 0);
    await until('the connection was given up', () =>
      lines.some(({ msg }) => String(msg).includes('connection lost')),
    );
  });
});

describe('a subgraph that moves', () => {
  test('is followed to where it is now', async () => {
    const log = serveLog();
    const { stub, upstreams, connect } = await start({ subscribed: log.subscribed });
    const next = await startStub({ subscribed: log.subscribed });
    const { results, ends } = connect();
    await until('it is subscribed', () => results.length === 1);
    log.happen();
    upstreams.locate('flight', next.url);
    log.happen();
    await until('it is subscribed there', () => next.upstreams().length === 1);
    await until('it has left the other', () => stub.connections() === 0);
    log.happen();
    await until('it has all', () => seqsOf(results).length >= 3);
    expect(seqsOf(results)).toEqual([1, 2, 3]);
    expect(ends).toEqual([]);
    upstreams.locate('flight', next.url);
    log.happen();
    await until('it stays', () => seqsOf(results).length === 4);
    expect(next.opened()).toBe(1);
  });

  test('while its socket is being opened, too', async () => {
    const silent = await startStub({ silent: true });
    const next = await startStub();
    const { upstreams, connect } = open();
    upstreams.locate('flight', silent.url);
    connect();
    await until('it is being opened', () => silent.connections() === 1);
    upstreams.locate('flight', next.url);
    await until('it is subscribed there', () => next.upstreams().length === 1);
    await until('the other is given up', () => silent.connections() === 0);
  });
});

describe('closing', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

  /** How many there are when those of earlier tests are over. */
  async function steadyTimers(): Promise<number> {
    let last = -1;
    let times = 0;
    await until('nothing changes any more', () => {
      times = timers() === last ? times + 1 : 0;
      last = timers();
      return times > 20;
    });
    return last;
  }

  const broken = () => startStub({ subscribed: ({ socket }) => socket.close(4400) });
  const away = async () => ({ url: `http://127.0.0.1:${await freePort()}/graphql`, connections: () => 0 });

  test.each([
    ['an open socket', () => startStub(), true],
    ['a socket that is being opened', () => startStub({ silent: true }), false],
    ['a subscription that was broken off', broken, true],
    ['a subgraph that is away', away, true],
  ])('with %s leaves no socket and no timer', async (_what, startPeer, waits) => {
    const peer = await startPeer();
    const before = await steadyTimers();
    const never = 600_000;
    const { upstreams, connect, lines } = open({ firstWait: never, longestWait: never, opening: never });
    upstreams.locate('flight', peer.url);
    const { ends } = connect();
    await until('it has come to that', () =>
      peer.connections() > 0 || lines.length > 0 ? !waits || timers() > before : false,
    );
    if (startPeer === broken)
      await until('it was broken off', () => lines.some(({ level }) => level === 'error'));
    upstreams.close();
    await until('no socket is left', () => peer.connections() === 0);
    await until('no timer is left', () => timers() <= before);
    connect();
    expect(await steadyTimers()).toBeLessThanOrEqual(before);
    expect(ends).toEqual([]);
    expect(peer.connections()).toBe(0);
  });
});

describe('a subgraph that pings', () => {
  test('gets a pong with the same payload', async () => {
    const pongs: unknown[] = [];
    const { connect } = await start({
      subscribed: ({ socket }) => {
        socket.on('message', (data) => {
          if (pongs.push(JSON.parse(String(data))) === 1) socket.send('{"type":"ping"}');
        });
        socket.send('{"type":"ping","payload":{"n":1}}');
      },
    });
    connect();
    await until('both have come', () => pongs.length === 2);
    expect(pongs).toEqual([{ type: 'pong', payload: { n: 1 } }, { type: 'pong' }]);
  });

  test('and does not read makes no pongs that are kept', async () => {
    const pings = 200;
    const ping = JSON.stringify({ type: 'ping', payload: { long: 'x'.repeat(100_000) } });
    const types: string[] = [];
    let resume = () => {};
    const { connect } = await start({
      subscribed: (upstream) => {
        const { socket } = upstream;
        socket.on('message', (data) => types.push(JSON.parse(String(data)).type));
        socket.pause();
        resume = () => socket.resume();
        for (let times = 0; times < pings; times += 1) socket.send(ping);
        upstream.next(event(1));
      },
    });
    const { results, leave } = connect();
    await until('all pings have come', () => results.length === 1);
    leave();
    resume();
    await until('all that was sent has come', () => types.includes('complete'));
    expect(types.filter((type) => type === 'pong').length).toBeLessThan(pings);
  });
});
