import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cabin, MOST_SEATS_DRAWN } from './cabin.ts';

test('each seat of a cabin has a place of its own within it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MOST_SEATS_DRAWN }), (capacity) => {
      const { seats, width, height, size } = cabin(capacity);
      expect(new Set(seats.map(({ x, y }) => `${x} ${y}`)).size).toBe(capacity);
      for (const { x, y } of seats) {
        expect(x + size).toBeLessThanOrEqual(width);
        expect(y + size).toBeLessThanOrEqual(height + 1e-9);
      }
    }),
  );
});
