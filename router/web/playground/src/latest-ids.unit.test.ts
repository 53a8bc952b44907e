import { describe, expect, test } from 'vitest';
import { createLatestIds } from './latest-ids.ts';

function latestIds() {
  const stored = new Map<string, string>();
  return createLatestIds({
    get: (name) => stored.get(name) ?? null,
    set: (name, value) => stored.set(name, value),
  });
}

describe('the latest ids', () => {
  test('stand in for placeholders among the variables, and for nothing else', () => {
    const ids = latestIds();
    ids.learn({ registerFlight: { flight: { id: 'F1' } } });
    ids.learn({
      first: { reservation: { id: 'R1', flight: { id: 'F9' } } },
      second: { reservation: { id: 'R2' } },
    });
    const variables = {
      id: 'LATEST_RESERVATION',
      inputs: [{ flightId: 'LATEST_FLIGHT', seatQty: 3 }],
      to: 'ICN',
    };
    expect(ids.fill(variables)).toEqual({ id: 'R2', inputs: [{ flightId: 'F1', seatQty: 3 }], to: 'ICN' });
    expect(ids.fill(undefined)).toBe(undefined);
  });

  test('say what to do first while there is none', () => {
    const ids = latestIds();
    ids.learn({ registerFlight: null });
    ids.learn(null);
    expect(() => ids.fill({ flightId: 'LATEST_FLIGHT' })).toThrow(
      'No LATEST_FLIGHT yet: register a flight on this page first, or replace it with an id in the variables.',
    );
  });
});
