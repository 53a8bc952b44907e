import { describe, expect, test } from 'vitest';
import { client, createHub, read, settled } from './hub.fixture.ts';

describe('subscriptions share', () => {
  test('one upstream and one execution an event among 10,000 members with the same operation', async () => {
    const { hub, subgraph, planned, join, executed } = createHub();
    const readers = Array.from({ length: 10_000 }, (_, index) => {
      // The order of keys makes no difference.
      const filter = index % 2 ? { a: 1, b: { c: 2, d: 3 } } : { b: { d: 3, c: 2 }, a: 1 };
      return read(join(planned({ variables: { filter }, atOnce: true })));
    });
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 10_000 });
    subgraph.connection().announce(0);
    for (const cursor of [1, 2, 3]) subgraph.connection().send(cursor);
    await settled();
    expect(executed()).toBe(3);
    expect(subgraph.connections.length).toBe(1);
    expect(readers.every(({ cursors }) => String(cursors) === '1,2,3')).toBe(true);
    expect(new Set(readers.map(({ results }) => results[0])).size).toBe(1);
    hub.close();
  });

  test('the upstream, but not the execution, between operations with the same primary part', async () => {
    const { hub, subgraph, planned, join, executed } = createHub();
    const one = read(join(planned({ key: 'one', plan: 'one', atOnce: true })));
    const two = read(join(planned({ key: 'two', plan: 'two', atOnce: true })));
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 2, members: 2 });
    subgraph.connection().send(1);
    await settled();
    expect(executed()).toBe(2);
    // Each execution may change its event: the other's is not the same.
    expect(one.results).toEqual([{ data: { event: 1, plan: 'one' }, extensions: { cursor: '1' } }]);
    expect(two.results).toEqual([{ data: { event: 1, plan: 'two' }, extensions: { cursor: '1' } }]);
  });

  test('nothing between authorities, nor between different variables or texts', () => {
    const { hub, subgraph, planned, join } = createHub();
    join(planned(), { client: client('anna') });
    join(planned(), { client: client('bert') });
    join(planned({ variables: { id: 1 } }), { client: client('anna') });
    join(planned({ query: 'subscription { other }' }), { client: client('anna') });
    expect(hub.counts()).toEqual({ upstreams: 4, groups: 4, members: 4 });
    expect(subgraph.connections.map(({ request }) => request.headers.authorization?.slice(0, 4))).toEqual([
      'anna',
      'bert',
      'anna',
      'anna',
    ]);
  });

  test('the credentials that last longest', async () => {
    const { subgraph, planned, join, executions, endExecution } = createHub();
    for (const expiresAt of [5_000, 9_000, 7_000]) join(planned(), { client: client('anna', expiresAt) });
    const latest = { authorization: 'anna until 9000' };
    expect(subgraph.connection().request.headers).toEqual(latest);
    subgraph.connection().send(1);
    expect(executions[0]?.client.forwarded).toEqual(latest);
    await endExecution();
  });

  test('the cost of an event by the groups concerned, not by subscribers', async () => {
    const { subgraph, planned, join, executed } = createHub();
    for (let id = 0; id < 1000; id += 1) join(planned({ variables: { id }, atOnce: true }));
    subgraph.connection(17).send(1);
    await settled();
    expect(executed()).toBe(1);
  });
});

describe('an event', () => {
  test('is executed after the one before, so that order is kept', async () => {
    const { subgraph, planned, join, executions, endExecution } = createHub();
    const reader = read(join(planned()));
    for (const cursor of [1, 2, 3]) subgraph.connection().send(cursor);
    expect(executions.length).toBe(1);
    await endExecution();
    expect(executions.length).toBe(1);
    expect(reader.cursors).toEqual([1]);
    await endExecution();
    await endExecution();
    expect(reader.cursors).toEqual([1, 2, 3]);
  });

  test('whose execution throws yields an internal error, and the next is executed', async () => {
    const { subgraph, planned, join, executions, endExecution, failures } = createHub();
    const reader = read(join(planned()));
    subgraph.connection().send(1);
    subgraph.connection().send(2);
    const fault = new Error('connect ECONNREFUSED 10.0.0.7');
    executions.shift()?.fail(fault);
    await settled();
    await endExecution();
    const masked = { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    expect(reader.results[0]).toEqual({ data: null, errors: [masked], extensions: { cursor: '1' } });
    expect(reader.cursors).toEqual([1, 2]);
    expect(failures).toEqual([fault]);
  });

  test('with errors of the subgraph is one for members', async () => {
    const { subgraph, planned, join } = createHub();
    const reader = read(join(planned({ atOnce: true })));
    subgraph.connection().announce(0);
    subgraph
      .connection()
      .sink.next({ data: null, errors: [{ message: 'away' }], extensions: { cursor: '1' } });
    await settled();
    expect(reader.cursors).toEqual([1]);
  });
});
