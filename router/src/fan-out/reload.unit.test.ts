import { describe, expect, test } from 'vitest';
import { createHub, type Execution, read, settled } from './hub.fixture.ts';
import type { PlannedSubscription } from './index.ts';

const plans = (executions: readonly Execution[]) => executions.map(({ plan }) => plan);

describe('a new supergraph', () => {
  test('with the same primary part is taken over in place: what is being executed ends on the old plan', async () => {
    const { hub, subgraph, planned, join, executions, endExecution } = createHub();
    const reader = read(join(planned({ plan: 'old' })));
    for (const cursor of [1, 2]) subgraph.connection().send(cursor);
    hub.reload(() => planned({ plan: 'new' }));
    expect(plans(executions)).toEqual(['old']);
    await endExecution();
    expect(plans(executions)).toEqual(['new']);
    await endExecution();
    subgraph.connection().send(3);
    expect(plans(executions)).toEqual(['new']);
    await endExecution();
    expect(reader.cursors).toEqual([1, 2, 3]);
    expect(subgraph.connections.length).toBe(1);
  });

  test('with another primary part resumes from the last cursor; what had come is executed by the old plan', async () => {
    const { hub, subgraph, planned, join, executions, endExecution } = createHub();
    const reader = read(join(planned({ plan: 'old' })));
    const old = subgraph.connection();
    old.announce(0);
    for (const cursor of [1, 2]) old.send(cursor);
    hub.reload(() => planned({ plan: 'new', query: 'subscription { event more }' }));
    expect(subgraph.connections.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    const { request, send } = subgraph.connection(1);
    expect([request.query, request.cursor]).toEqual(['subscription { event more }', '2']);
    send(3);
    // In place, this time: not for what came before the first reload.
    hub.reload(() => planned({ plan: 'newest', query: 'subscription { event more }' }));
    for (const plan of ['old', 'old', 'newest']) {
      expect(plans(executions)).toEqual([plan]);
      await endExecution();
    }
    expect(reader.cursors).toEqual([1, 2, 3]);
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 1 });
  });

  test.each(['nothing was announced', 'the state has not come', 'no event has come'])(
    'with another primary part begins anew where %s yet, and what that state holds is not missed',
    async (when) => {
      const { hub, subgraph, planned, join } = createHub();
      const reader = read(join(planned({ atOnce: true })));
      const query = 'subscription { event more }';
      if (when !== 'nothing was announced') subgraph.connection().announce(4, { hasState: true });
      if (when === 'no event has come') subgraph.connection().sendState(4);
      hub.reload(() => planned({ query, atOnce: true }));
      expect(subgraph.open().map(({ request }) => [request.query, request.cursor])).toEqual([
        [query, undefined],
      ]);
      subgraph.connection(1).announce(4, { hasState: true });
      subgraph.connection(1).sendState(5);
      subgraph.connection(1).send(6);
      await settled();
      expect(reader.numbers).toEqual(when === 'no event has come' ? [4, 5, 6] : [5, 6]);
    },
  );

  test('with another primary part resumes from where it was announced to start, where no state comes first', async () => {
    const { hub, subgraph, planned, join } = createHub();
    read(join(planned({ atOnce: true })));
    subgraph.connection().announce(4);
    hub.reload(() => planned({ query: 'subscription { event more }', atOnce: true }));
    expect(subgraph.open().map(({ request }) => request.cursor)).toEqual(['4']);
  });

  test('moves those who saw a state to a newer one, not to others who are behind it, until both have an event', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const query = 'subscription { event more }';
    const other = read(join(planned({ key: 'other', query, atOnce: true })));
    const behind = subgraph.connection();
    behind.announce(3, { hasState: true });
    behind.sendState(3);
    const readers = ['one', 'two'].map((key) => read(join(planned({ key, atOnce: true }))));
    subgraph.connection(1).announce(3, { hasState: true });
    subgraph.connection(1).sendState(5);
    await settled();
    hub.reload(({ key }: PlannedSubscription) => planned({ key, query, atOnce: true }));
    expect(subgraph.open().map(({ request }) => request.query)).toEqual([query, query]);
    for (const cursor of [4, 5]) behind.send(cursor);
    const anew = subgraph.connection(2);
    anew.announce(3, { hasState: true });
    anew.sendState(5);
    for (const connection of subgraph.open()) connection.send(6);
    await settled();
    expect(readers.map(({ numbers }) => numbers)).toEqual([
      [5, 5, 6],
      [5, 5, 6],
    ]);
    expect(other.numbers).toEqual([3, 4, 5, 6]);
    expect(subgraph.open()).toEqual([anew]);
  });

  test('ends what it no longer knows, and no other subscription', async () => {
    const { hub, subgraph, planned, join, failures } = createHub();
    const [gone, broken, kept] = ['gone', 'broken', 'kept'].map((key) =>
      read(join(planned({ key, plan: key, atOnce: true }))),
    );
    subgraph.connection().send(1);
    const fault = new Error('cannot plan');
    hub.reload((old: PlannedSubscription) => {
      if (old.key === 'broken') throw fault;
      return old.key === 'gone' ? { errors: [{ message: 'Cannot query field "event".' }] } : old;
    });
    await Promise.all([gone?.over, broken?.over]);
    expect(gone?.cursors).toEqual([1]);
    expect(gone?.results.at(-1)?.errors).toEqual([
      {
        message:
          'The schema has changed, and this subscription is no longer valid. Cannot query field "event".',
        extensions: { code: 'SUBSCRIPTION_SCHEMA_INVALIDATED' },
      },
    ]);
    expect(broken?.code).toBe('SUBSCRIPTION_SCHEMA_INVALIDATED');
    expect(failures).toEqual([fault]);
    subgraph.connection().send(2);
    await settled();
    expect(kept?.cursors).toEqual([1, 2]);
    expect([hub.counts().groups, subgraph.connections.length]).toEqual([1, 1]);
  });

  test('lets what has ended finish on its old plan', async () => {
    const { hub, subgraph, planned, join, endExecution } = createHub();
    const reader = read(join(planned()));
    subgraph.connection().send(1);
    subgraph.connection().sink.complete();
    hub.reload(() => ({ errors: [] }));
    await endExecution();
    await reader.over;
    expect([reader.cursors, reader.code]).toEqual([[1], undefined]);
    expect(hub.counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
  });
});

describe('while an event is executed', () => {
  test('a member may leave, and the last one', async () => {
    const { hub, subgraph, planned, join, endExecution } = createHub();
    const [leaving, last] = [join(planned()), join(planned())];
    const [waiting, reader] = [leaving.next(), read(last)];
    for (const cursor of [1, 2]) subgraph.connection().send(cursor);
    void leaving.return();
    await endExecution();
    expect((await waiting).done).toBe(true);
    expect(reader.cursors).toEqual([1]);
    void last.return();
    expect(hub.counts()).toEqual({ upstreams: 0, groups: 0, members: 0 });
    await endExecution();
    expect(reader.cursors).toEqual([1]);
  });

  test('a member may join: it gets what comes after, or the state again if there is one', async () => {
    for (const isState of [false, true]) {
      const { subgraph, planned, join, endExecution } = createHub();
      read(join(planned()));
      subgraph.connection().announce(0, { hasState: isState });
      subgraph.connection().send(1);
      const joined = read(join(planned()));
      await endExecution();
      expect(joined.cursors).toEqual([]);
      if (isState) await endExecution();
      subgraph.connection().send(2);
      await endExecution();
      expect(joined.cursors).toEqual(isState ? [1, 2] : [2]);
    }
  });
});
