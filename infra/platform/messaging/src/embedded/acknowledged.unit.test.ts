import { expect, test } from 'vitest';
import { run } from '../stream.fixture.ts';
import { createAcknowledged } from './acknowledged.ts';

test('a position never passes what is not acknowledged, in whichever order acknowledgements come', () => {
  const acknowledged = createAcknowledged(10);
  expect(acknowledged.position()).toBe(10);
  acknowledged.deliver(run(11, 15));
  expect(acknowledged.position()).toBe(10);
  const positions = [15, 12, 11, 13, 14].map((seq) => {
    acknowledged.acknowledge([seq]);
    return acknowledged.position();
  });
  expect(positions).toEqual([10, 10, 12, 13, 15]);
  acknowledged.deliver([16, 17]);
  acknowledged.acknowledge([99, 16, 16]);
  expect(acknowledged.position()).toBe(16);
  acknowledged.acknowledge([17]);
  expect(acknowledged.position()).toBe(17);
});
