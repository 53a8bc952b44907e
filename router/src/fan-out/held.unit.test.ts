import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createHub } from './hub.fixture.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heap(): number {
  for (let i = 0; i < 4; i += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('of the variables of a subscription no copy is held', () => {
  const { planned, join, hub } = createHub();
  const [count, bytes] = [20, 200_000];
  const subscribe = (id: number) => join(planned({ variables: { id, text: `${id}${'x'.repeat(bytes)}` } }));
  subscribe(count);
  const before = heap();
  for (let id = 0; id < count; id += 1) subscribe(id);
  // They themselves; by one key of a group, and one of its upstream, they would be held three times.
  expect((heap() - before) / count).toBeLessThan(1.5 * bytes);
  expect(hub.counts()).toMatchObject({ groups: count + 1, upstreams: count + 1 });
});
