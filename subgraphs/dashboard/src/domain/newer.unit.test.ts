import { expect, test } from 'vitest';
import { at, info } from '../dashboard.fixture.ts';
import { isNewer } from './newer.ts';

test('a state is newer for one thing more that it counts, or for its time', () => {
  const states = [
    info(1, '2024-11-23', 0, 1),
    // It happened before what was counted first.
    info(2, '2024-11-23', 0, 1),
    info(2, '2024-11-23', 1, 3),
    // A recount has found fewer.
    { ...info(1, '2024-11-23', 0, 3), updatedAt: at(4) },
    info(1, '2024-11-23', 1, 4),
  ];
  for (const [older, one] of states.entries()) {
    for (const [newer, other] of states.entries()) expect(isNewer(other, one)).toBe(newer > older);
  }
});
