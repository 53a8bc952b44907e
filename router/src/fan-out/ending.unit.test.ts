import { describe, expect, test } from 'vitest';
import { client, codeOf, createHub, isRefused, read, settled } from './hub.fixture.ts';

const NONE = { upstreams: 0, groups: 0, members: 0 };

describe('an upstream', () => {
  test('ends at once when the last member leaves, even before its subgraph has responded', () => {
    const { hub, subgraph, planned, join } = createHub();
    const [one, two] = [join(planned()), join(planned({ key: 'other' }))];
    void one.return();
    expect(subgraph.open().length).toBe(1);
    void two.return();
    expect(subgraph.open().length).toBe(0);
    expect(hub.counts()).toEqual(NONE);
    subgraph.connection().send(1);
    subgraph.connection().sink.error([{ message: 'late' }]);
    expect(hub.counts()).toEqual(NONE);
  });

  test('that completes ends its members after the events that came before', async () => {
    const { hub, subgraph, planned, join, endExecution } = createHub();
    const reader = read(join(planned()));
    for (const cursor of [1, 2]) subgraph.connection().send(cursor);
    subgraph.connection().sink.complete();
    expect(hub.counts().upstreams).toBe(0);
    join(planned());
    expect(subgraph.connections.length).toBe(2);
    await endExecution();
    expect(reader.isDone).toBe(false);
    await endExecution();
    await reader.over;
    expect(reader.cursors).toEqual([1, 2]);
    expect(reader.code).toBeUndefined();
  });

  test('that fails ends its members with its errors', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const reader = read(join(planned(), { cursor: '1' }));
    const errors = [{ message: 'Subscribe again.', extensions: { code: 'CURSOR_EXPIRED' } }];
    subgraph.connection().sink.error(errors);
    await reader.over;
    expect(reader.results).toEqual([{ errors }]);
    expect(hub.counts()).toEqual(NONE);
  });

  test('may send an event, end or throw while it is being subscribed to', async () => {
    for (const act of ['event', 'complete', 'error', 'throw'] as const) {
      const { hub, subgraph, planned, join, failures } = createHub({
        through: (connect) => (request, sink) => {
          const unsubscribe = connect(request, sink);
          if (act === 'event') sink.next({ data: { event: 1 } });
          if (act === 'complete') sink.complete();
          if (act === 'error') sink.error([{ message: 'no', extensions: { code: 'NO' } }]);
          if (act === 'throw') throw new Error('cannot');
          return unsubscribe;
        },
      });
      const reader = read(join(planned({ atOnce: true })));
      await settled();
      if (act === 'event') expect(reader.results).toEqual([{ data: { event: 1, plan: 'plan' } }]);
      else {
        await reader.over;
        const code = { complete: undefined, error: 'NO', throw: 'INTERNAL_SERVER_ERROR' }[act];
        expect(reader.code).toBe(code);
        expect(hub.counts()).toEqual(NONE);
        if (act !== 'throw') expect(subgraph.open()).toEqual([]);
      }
      expect(failures.length).toBe(act === 'throw' ? 1 : 0);
    }
  });
});

describe('a slow consumer', () => {
  test('loses what is queued and ends, while the others read on', async () => {
    const { hub, subgraph, planned, join } = createHub({ limits: { queuedResults: 4 } });
    const ended: unknown[] = [];
    const slow = join(planned({ atOnce: true }), { ended: (member) => void ended.push(member.failure) });
    const quick = read(join(planned({ atOnce: true })));
    for (let cursor = 1; cursor <= 10; cursor += 1) {
      subgraph.connection().send(cursor);
      await settled();
    }
    expect(ended.length).toBe(1);
    expect(hub.counts().members).toBe(1);
    const reader = read(slow);
    await reader.over;
    expect(reader.results.length).toBe(1);
    expect(reader.code).toBe('SLOW_CONSUMER');
    expect(quick.cursors).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('with delivery latest skips to the newest result', async () => {
    const { subgraph, planned, join } = createHub({ limits: { queuedResults: 4 } });
    const slow = join(planned({ atOnce: true }), { delivery: 'latest' });
    for (let cursor = 1; cursor <= 10; cursor += 1) subgraph.connection().send(cursor);
    await settled();
    expect((await slow.next()).value?.extensions).toEqual({ cursor: '10' });
  });

  test('is a whole group whose executions fall too far behind', async () => {
    const { hub, subgraph, planned, join, endExecution } = createHub({ limits: { waitingEvents: 5 } });
    const readers = [read(join(planned())), read(join(planned()))];
    const other = read(join(planned({ key: 'other', atOnce: true })));
    // One is being executed, five wait.
    for (let cursor = 1; cursor <= 6; cursor += 1) subgraph.connection().send(cursor);
    await settled();
    expect(hub.counts().members).toBe(3);
    subgraph.connection().send(7);
    await settled();
    expect(readers.map(({ code, cursors }) => ({ code, cursors }))).toEqual([
      { code: 'SLOW_CONSUMER', cursors: [] },
      { code: 'SLOW_CONSUMER', cursors: [] },
    ]);
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 1 });
    await endExecution();
    expect(other.cursors).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('sees one end, when its upstream fails at the same time', async () => {
    const { hub, subgraph, planned, join } = createHub({ limits: { queuedResults: 2 } });
    const slow = join(planned({ atOnce: true }));
    for (const cursor of [1, 2, 3]) subgraph.connection().send(cursor);
    subgraph.connection().sink.error([{ message: 'gone', extensions: { code: 'GONE' } }]);
    await settled();
    const reader = read(slow);
    await reader.over;
    expect(reader.results.map(codeOf)).toEqual(['SLOW_CONSUMER']);
    expect(hub.counts()).toEqual(NONE);
  });
});

describe('credentials that expire', () => {
  test('end their members, and nothing is delivered after that', async () => {
    const { hub, subgraph, planned, join, advance, timers } = createHub();
    const early = join(planned({ atOnce: true }), { client: client('anna', 5_000) });
    const late = read(join(planned({ atOnce: true }), { client: client('anna', 5_001) }));
    const never = read(join(planned({ atOnce: true }), { client: client('anna') }));
    subgraph.connection().send(1);
    await settled();
    advance(4_000);
    const reader = read(early);
    await reader.over;
    expect(reader.cursors).toEqual([]);
    expect(reader.code).toBe('UNAUTHENTICATED');
    expect(hub.counts().members).toBe(2);
    expect(late.isDone).toBe(false);
    advance(1);
    await late.over;
    subgraph.connection().send(2);
    await settled();
    expect(never.cursors).toEqual([1, 2]);
    expect(timers.size).toBe(0);
  });

  test('are watched by one timer for all of one moment, until the last has left', () => {
    const { planned, join, timers } = createHub();
    const members = Array.from({ length: 100 }, () => join(planned(), { client: client('anna', 5_000) }));
    expect(timers.size).toBe(1);
    for (const member of members) void member.return();
    expect(timers.size).toBe(0);
  });

  test('may do so after more than the longest time of a timer', async () => {
    const days = 24 * 3_600_000;
    const { planned, join, timers, advance } = createHub();
    const reader = read(join(planned(), { client: client('anna', 1_000 + 60 * days) }));
    for (const timer of timers) expect(timer.at - 1_000).toBeLessThan(2 ** 31);
    advance(30 * days);
    advance(29 * days);
    await settled();
    expect(reader.isDone).toBe(false);
    advance(days);
    await reader.over;
    expect(reader.code).toBe('UNAUTHENTICATED');
  });

  test('are refused when they have expired already', () => {
    const { hub, planned, timers } = createHub();
    const refused = hub.subscribe(planned(), { client: client('anna', 1_000) });
    expect(isRefused(refused) && { status: refused.status, code: codeOf(refused) }).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    expect([hub.counts(), timers.size]).toEqual([NONE, 0]);
  });
});

describe('closing', () => {
  test('ends all, and refuses more', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const reader = read(join(planned()));
    hub.close();
    await reader.over;
    expect(reader.code).toBe('SERVER_SHUTTING_DOWN');
    expect([hub.counts(), subgraph.open()]).toEqual([NONE, []]);
    expect(hub.subscribe(planned(), { client: client() })).toMatchObject({ status: 503 });
  });
});

describe('1,000 rounds of subscribing and unsubscribing', () => {
  test('leave nothing behind', async () => {
    const { hub, subgraph, planned, join, timers } = createHub();
    const socket = {};
    for (let round = 0; round < 1000; round += 1) {
      const cursor = round % 3 === 0 ? String(round) : undefined;
      const options = { client: client('anna', 5_000 + round), connection: socket, cursor };
      const member = join(planned({ atOnce: true, variables: { id: round % 7 } }), options);
      const upstream = subgraph.connection(subgraph.connections.length - 1);
      if (round % 2) upstream.announce(round);
      const waiting = member.next();
      upstream.send(round + 1);
      if (round % 5) await waiting;
      if (round % 4) await member.return();
      else upstream.sink.complete();
      await settled();
    }
    expect([hub.counts(), subgraph.open().length, timers.size]).toEqual([NONE, 0, 0]);
  });
});
