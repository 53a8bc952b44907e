import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { startStub } from './stub-subgraph.fixture.ts';
import { announced, event, seqsOf, serveLog, start } from './upstreams.fixture.ts';

describe('subscriptions at a subgraph', () => {
  test('share one socket, which closes with the last of them', async () => {
    const { stub, connect } = await start();
    const all = Array.from({ length: 50 }, () => connect());
    await until('all are subscribed', () => stub.upstreams().length === 50);
    expect(stub.opened()).toBe(1);
    for (const { leave } of all.slice(1)) leave();
    await until('the others have left', () => stub.upstreams().length === 1);
    expect(stub.connections()).toBe(1);
    all[0]?.leave();
    await until('the socket is closed', () => stub.connections() === 0);
    expect(all.flatMap(({ ends }) => ends)).toEqual([]);
  });

  test('that are left before their socket is open are never begun', async () => {
    const { stub, connect } = await start();
    connect().leave();
    const { leave } = connect();
    await until('the other is subscribed', () => stub.upstreams().length === 1);
    expect(stub.begun).toHaveLength(1);
    leave();
    await until('the socket is closed', () => stub.connections() === 0);
  });

  test('end with a hundred short errors at most', async () => {
    const { stub, connect } = await start();
    const { ends } = connect();
    await until('it is subscribed', () => stub.upstreams().length === 1);
    const error = { message: 'm', extensions: { code: 'NOT_FOUND', field: 'x'.repeat(5_000) } };
    stub.upstreams()[0]?.error(Array(101).fill(error));
    await until('it has ended', () => ends.length === 1);
    expect(ends).toEqual([Array(100).fill({ message: 'm', extensions: { code: 'NOT_FOUND' } })]);
  });

  test('end as the subgraph says, with errors masked as in a response', async () => {
    const { stub, connect } = await start();
    const first = connect();
    const second = connect();
    await until('both are subscribed', () => stub.upstreams().length === 2);
    const [one, other] = stub.upstreams();
    one?.error([
      {
        message: 'old',
        path: ['inner'],
        extensions: { code: 'CURSOR_EXPIRED', stacktrace: ['at 10.0.0.7'] },
      },
      { message: 'connect ECONNREFUSED 10.0.0.7:5432' },
    ]);
    other?.complete();
    await until('both have ended', () => first.ends.length + second.ends.length === 2);
    expect(first.ends).toEqual([
      [
        { message: 'old', extensions: { code: 'CURSOR_EXPIRED' } },
        { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    ]);
    expect(second.ends).toEqual(['complete']);
    await until('the socket is closed', () => stub.connections() === 0);
  });
});

describe('a socket that drops', () => {
  test('is opened again, and nothing is missed or comes twice', async () => {
    const log = serveLog();
    const { stub, connect } = await start({ subscribed: log.subscribed });
    const before = connect();
    await until('it is subscribed', () => before.results.length === 1);
    stub.drop();
    // It resumes from where it was announced to start.
    for (let n = 0; n < 3; n += 1) log.happen();
    await until('it has what came meanwhile', () => seqsOf(before.results).length === 3);
    for (let round = 1; round <= 5; round += 1) {
      log.happen();
      stub.drop();
      log.happen();
      await until('it has both', () => seqsOf(before.results).length >= 3 + 2 * round);
    }
    expect(seqsOf(before.results)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    expect(before.ends).toEqual([]);
  });

  test("resumes behind the client's cursor when it drops before the first event", async () => {
    const log = serveLog();
    for (let n = 0; n < 5; n += 1) log.happen();
    let refused = 0;
    const { connect } = await start({
      subscribed: (upstream) => {
        refused += 1;
        if (refused < 3) upstream.socket.terminate();
        else log.subscribed(upstream);
      },
    });
    const { results } = connect({ cursor: '2-0' });
    await until('it has what followed', () => seqsOf(results).length === 3);
    expect(seqsOf(results)).toEqual([3, 4, 5]);
  });

  test('before an event asks for the state again, which comes once more only if it is another', async () => {
    let state = 'first';
    const { stub, connect } = await start({
      subscribed: (upstream) => {
        upstream.next(announced(7, true));
        upstream.next({ data: { state } });
      },
    });
    const { results } = connect();
    const states = () => results.flatMap(({ data }) => (data ? [data.state] : []));
    await until('it has the state', () => states().length === 1);
    stub.drop();
    await until('it is announced again', () => results.filter(({ data }) => data === null).length === 2);
    expect(stub.begun.map(({ extensions }) => extensions.cursor)).toEqual([undefined, undefined]);
    state = 'second';
    stub.drop();
    await until('it has the new one', () => states().length === 2);
    expect(states()).toEqual(['first', 'second']);
    stub.upstreams()[0]?.next(event(8));
    await until('an event comes', () => results.at(-1)?.extensions?.cursor === '8-0');
    stub.drop();
    await until('it is subscribed again', () => stub.begun.length === 4);
    expect(stub.begun.at(-1)?.extensions.cursor).toBe('8-0');
  });

  test('brings the headers that hold by then', async () => {
    const { stub, connect } = await start();
    let token = 'old';
    connect({
      get headers() {
        return { authorization: token };
      },
    });
    await until('it is subscribed', () => stub.begun.length === 1);
    token = 'new';
    stub.drop();
    await until('it is subscribed again', () => stub.begun.length === 2);
    expect(stub.begun.map(({ extensions }) => extensions.headers)).toEqual([
      { authorization: 'old' },
      { authorization: 'new' },
    ]);
  });

  test.each([4400, 4401, 4500, 1002, 1011, 1000, 1001])('with code %i is opened again', async (code) => {
    let isFirst = true;
    const { stub, connect } = await start({
      subscribed: (upstream) => {
        if (isFirst) upstream.socket.close(code);
        isFirst = false;
      },
    });
    const { ends } = connect();
    await until('it is subscribed again', () => stub.begun.length === 2);
    expect(ends).toEqual([]);
  });

  test('because the subgraph is away is opened once that is back', async () => {
    const log = serveLog();
    const { stub, connect } = await start({ subscribed: log.subscribed });
    const { results } = connect();
    await until('it is subscribed', () => results.length === 1);
    await stub.stop();
    log.happen();
    await startStub({ subscribed: log.subscribed, port: stub.port });
    await until('it has what came meanwhile', () => seqsOf(results).length === 1);
  });
});
