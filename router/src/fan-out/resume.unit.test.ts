import { describe, expect, test } from 'vitest';
import { createHub, read, settled } from './hub.fixture.ts';

describe('a member with a cursor', () => {
  test('gets what came after it, without a state first, from an upstream that all with this cursor share', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const readers = Array.from({ length: 1000 }, () =>
      read(join(planned({ atOnce: true }), { cursor: '3' })),
    );
    expect(subgraph.connections.map(({ request }) => request.cursor)).toEqual(['3']);
    subgraph.connection().announce(3);
    // A later member with this cursor has missed nothing yet, either.
    readers.push(read(join(planned({ atOnce: true }), { cursor: '3' })));
    for (const cursor of [4, 5]) subgraph.connection().send(cursor);
    await settled();
    expect(readers.every(({ cursors }) => String(cursors) === '4,5')).toBe(true);
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 1001 });
  });

  test('joins the live upstream where that has just this event', async () => {
    const { subgraph, planned, join } = createHub();
    read(join(planned({ atOnce: true })));
    subgraph.connection().announce(4);
    subgraph.connection().send(5);
    await settled();
    const reader = read(join(planned({ atOnce: true }), { cursor: '5' }));
    subgraph.connection().send(6);
    await settled();
    expect(subgraph.connections.length).toBe(1);
    expect(reader.cursors).toEqual([6]);
  });

  test('does not join one that has only a state, which may be ahead of where that began', async () => {
    const { subgraph, planned, join } = createHub();
    const live = read(join(planned({ atOnce: true })));
    subgraph.connection().announce(5, { hasState: true });
    // It holds event 6 already, so the live upstream continues with 7.
    subgraph.connection().sendState(6);
    const reader = read(join(planned({ atOnce: true }), { cursor: '5' }));
    subgraph.connection(1).announce(5, { hasState: true });
    subgraph.connection(1).send(6);
    await settled();
    for (const connection of subgraph.open()) connection.send(7);
    await settled();
    expect([live.numbers, reader.numbers]).toEqual([
      [6, 7],
      [6, 7],
    ]);
    expect(subgraph.open()).toEqual([subgraph.connection(0)]);
  });

  test('has seen an event: who saw a state only brings none, and gets it again, or what is newer', async () => {
    const { subgraph, planned, join } = createHub();
    const plan = planned({ atOnce: true });
    const first = join(plan);
    subgraph.connection().announce(5, { hasState: true });
    subgraph.connection().sendState(6);
    expect(await first.next()).toEqual({ done: false, value: { data: { event: 6, plan: 'plan' } } });
    const stays = read(join(plan));
    await first.return();
    const back = read(join(plan));
    await settled();
    subgraph.connection().send(7);
    await settled();
    const backAgain = read(join(plan));
    await settled();
    expect([stays.numbers, back.numbers, backAgain.numbers]).toEqual([[6, 7], [6, 7], [7]]);
  });

  test('moves to the live upstream at the first event that both have, without a gap or a repeat', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const live = read(join(planned({ atOnce: true })));
    subgraph.connection().announce(5);
    subgraph.connection().send(6);
    const back = read(join(planned({ atOnce: true }), { cursor: '3' }));
    const caughtUp = subgraph.connection(1);
    for (const cursor of [4, 5]) caughtUp.send(cursor);
    await settled();
    expect(hub.counts()).toEqual({ upstreams: 2, groups: 2, members: 2 });
    caughtUp.send(6);
    await settled();
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 2 });
    expect(subgraph.open()).toEqual([subgraph.connection(0)]);
    subgraph.connection().send(7);
    // It receives nothing more.
    caughtUp.send(7);
    await settled();
    expect(back.cursors).toEqual([4, 5, 6, 7]);
    expect(live.cursors).toEqual([6, 7]);
  });

  test('stays where it is while its last events are still executed, and moves then', async () => {
    const { hub, subgraph, planned, join, endExecution } = createHub();
    const live = read(join(planned({ atOnce: true })));
    subgraph.connection().announce(5);
    const back = read(join(planned(), { cursor: '4' }));
    for (const connection of subgraph.open()) connection.send(6);
    await settled();
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 2, members: 2 });
    subgraph.connection().send(7);
    await endExecution();
    await endExecution();
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 2 });
    subgraph.connection().send(8);
    await settled();
    expect(back.cursors).toEqual([6, 7, 8]);
    expect(live.cursors).toEqual([6, 7, 8]);
  });

  test('comes together with others when the router is new and no upstream is live', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const readers = [1, 2, 3].map((cursor) =>
      read(join(planned({ atOnce: true }), { cursor: String(cursor) })),
    );
    const [one, two, three] = subgraph.connections;
    one?.send(2);
    expect(hub.counts().upstreams).toBe(2);
    two?.send(3);
    expect([one, two, three].filter((connection) => connection?.isOpen)).toEqual([three]);
    three?.send(4);
    await settled();
    expect(hub.counts()).toEqual({ upstreams: 1, groups: 1, members: 3 });
    expect(readers.map(({ cursors }) => cursors)).toEqual([[2, 3, 4], [3, 4], [4]]);
  });

  test('does not serve those who come without a cursor: they get what comes from now on', async () => {
    const { subgraph, planned, join } = createHub();
    read(join(planned({ atOnce: true }), { cursor: '3' }));
    subgraph.connection().send(4);
    const fresh = read(join(planned({ atOnce: true })));
    subgraph.connection(0).send(5);
    subgraph.connection(1).announce(9, { hasState: true });
    subgraph.connection(1).sendState(9);
    await settled();
    expect(fresh.numbers).toEqual([9]);
  });
});
