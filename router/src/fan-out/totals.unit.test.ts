import { expect, test } from 'vitest';
import { createHub, read, settled } from './hub.fixture.ts';

test('counts what is pushed, members dropped as too slow, and members resumed', async () => {
  const { hub, subgraph, planned, join } = createHub({ limits: { queuedResults: 2 } });
  expect(hub.totals()).toEqual({ pushed: 0, dropped: 0, resumed: 0 });
  const plan = planned({ atOnce: true });
  join(plan);
  const reader = read(join(plan));
  subgraph.connection().announce(0);
  for (const cursor of [1, 2, 3, 4]) {
    subgraph.connection().send(cursor);
    await settled();
  }
  expect(reader.cursors).toEqual([1, 2, 3, 4]);
  // Two results wait for the member that does not read; the third ends it.
  expect(hub.totals()).toEqual({ pushed: 6, dropped: 1, resumed: 0 });
  join(plan, { cursor: '4' });
  expect(hub.totals()).toMatchObject({ resumed: 1 });
});
