import { describe, expect, test } from 'vitest';
import { createHub, read, settled } from './hub.fixture.ts';

describe('a late joiner', () => {
  test('gets the state first, where the subscription began with one; others do not get it again', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const plan = planned({ atOnce: true });
    const first = read(join(plan));
    const upstream = subgraph.connection();
    upstream.announce(5, { hasState: true });
    upstream.sendState(5);
    await settled();
    const second = read(join(plan));
    upstream.send(6);
    await settled();
    const third = read(join(plan));
    await settled();
    upstream.send(7);
    await settled();
    expect([first.numbers, second.numbers, third.numbers]).toEqual([
      [5, 6, 7],
      [5, 6, 7],
      [6, 7],
    ]);
    // A member that has had no event yet has no cursor.
    expect([first.cursors, third.cursors]).toEqual([
      [6, 7],
      [6, 7],
    ]);
    expect(hub.counts().upstreams).toBe(1);
  });

  test('with another operation on the same upstream gets the state, too', async () => {
    const { hub, subgraph, planned, join } = createHub();
    read(join(planned({ atOnce: true })));
    subgraph.connection().announce(5, { hasState: true });
    subgraph.connection().sendState(5);
    await settled();
    const other = read(join(planned({ key: 'other', atOnce: true })));
    await settled();
    expect(other.numbers).toEqual([5]);
    expect(hub.counts()).toMatchObject({ upstreams: 1, groups: 2 });
  });

  test('shares one execution of the state with all that join before it begins, or that of a newer event', async () => {
    const { subgraph, planned, join, executed, endExecution } = createHub();
    const first = read(join(planned()));
    const upstream = subgraph.connection();
    upstream.announce(5, { hasState: true });
    upstream.sendState(5);
    const meanwhile = [read(join(planned())), read(join(planned()))];
    await endExecution();
    expect(executed()).toBe(2);
    upstream.send(6);
    const later = read(join(planned()));
    await endExecution();
    await endExecution();
    expect(executed()).toBe(3);
    expect(first.numbers).toEqual([5, 6]);
    expect(meanwhile.map(({ numbers }) => numbers)).toEqual([
      [5, 6],
      [5, 6],
    ]);
    expect(later.numbers).toEqual([6]);
  });

  test('is not mistaken for one that has come back with the newest event', async () => {
    const { subgraph, planned, join, endExecution } = createHub();
    read(join(planned()));
    const upstream = subgraph.connection();
    upstream.announce(5, { hasState: true });
    for (const cursor of [6, 7]) upstream.send(cursor);
    const back = read(join(planned(), { cursor: '7' }));
    await endExecution();
    const late = read(join(planned()));
    await endExecution();
    await endExecution();
    expect(late.cursors).toEqual([7]);
    expect(back.cursors).toEqual([]);
  });

  test('may leave before its state has come', async () => {
    const { subgraph, planned, join, endExecution } = createHub();
    read(join(planned()));
    subgraph.connection().announce(5, { hasState: true });
    subgraph.connection().sendState(5);
    const gone = join(planned());
    await gone.return();
    await endExecution();
    await endExecution();
    expect(await gone.next()).toEqual({ done: true, value: undefined });
  });

  test('waits for the state with the others where it has not come yet', async () => {
    const { subgraph, planned, join, executed } = createHub();
    const readers = [read(join(planned({ atOnce: true })))];
    subgraph.connection().announce(5, { hasState: true });
    readers.push(read(join(planned({ atOnce: true }))));
    subgraph.connection().sendState(5);
    await settled();
    expect(readers.map(({ numbers }) => numbers)).toEqual([[5], [5]]);
    expect(executed()).toBe(1);
  });

  test('gets what now is a state where there was none when the first one subscribed', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const plan = planned({ atOnce: true });
    const early = read(join(plan));
    const upstream = subgraph.connection();
    upstream.announce(5, { hasState: true });
    const waiting = read(join(plan));
    // The customer books for the first time.
    upstream.send(6);
    await settled();
    const late = read(join(plan));
    await settled();
    expect(late.cursors).toEqual([6]);
    upstream.send(7);
    await settled();
    expect([early.cursors, waiting.cursors, late.cursors]).toEqual([
      [6, 7],
      [6, 7],
      [6, 7],
    ]);
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 3 });
  });

  test('gets the newest state where the subgraph sent it again after a dropped connection', async () => {
    const { subgraph, planned, join } = createHub();
    const plan = planned({ atOnce: true });
    const first = read(join(plan));
    const upstream = subgraph.connection();
    upstream.announce(5, { hasState: true });
    upstream.sendState(5);
    await settled();
    upstream.announce(7, { hasState: true });
    upstream.sendState(8);
    await settled();
    const late = read(join(plan));
    await settled();
    expect([first.numbers, late.numbers]).toEqual([[5, 8], [8]]);
  });

  test('gets nothing first where the latest result is no state', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const plan = planned({ atOnce: true });
    const early = read(join(plan));
    subgraph.connection().announce(5);
    subgraph.connection().send(6);
    await settled();
    const late = read(join(plan));
    subgraph.connection().send(7);
    await settled();
    expect([early.cursors, late.cursors]).toEqual([[6, 7], [7]]);
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 2 });
  });

  test('shares the upstream of a subgraph without cursors', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const sizes = [read(join(planned({ atOnce: true })))];
    const event = { data: { event: 1 } };
    subgraph.connection().sink.next(event);
    sizes.push(read(join(planned({ atOnce: true }))));
    subgraph.connection().sink.next(event);
    await settled();
    expect(hub.counts().upstreams).toBe(1);
    expect(sizes.map(({ results }) => results.length)).toEqual([2, 1]);
  });
});
