import { describe, test } from 'vitest';
import { ace890, given, left } from '../flight.fixture.ts';
import type { Flight } from './model.ts';
import { type FlightChanges, updateFlight } from './update-flight.ts';

const update = (changes: FlightChanges, id = 'ace890') => ({
  keys: { flight: id },
  decide: (known: { flight?: Flight }) => updateFlight(known, changes),
});

describe('updating a flight', () => {
  test.each<[string, FlightChanges, Partial<Flight>]>([
    ['nothing', {}, {}],
    ['nothing by nulls', { cost: null, takeoffDate: null, capacity: null }, {}],
    ['the cost', { cost: 0 }, { cost: 0 }],
    ['the take-off date', { takeoffDate: '2026-01-01' }, { takeoffDate: '2026-01-01' }],
    ['more seats', { capacity: 9 }, { capacity: 9, remainingSeatsCount: 6 }],
    ['fewer seats', { capacity: 4 }, { capacity: 4, remainingSeatsCount: 1 }],
    ['as few seats as are taken', { capacity: 3 }, { capacity: 3, remainingSeatsCount: 0 }],
    ['all at once', { cost: 1, capacity: 6 }, { cost: 1, capacity: 6, remainingSeatsCount: 3 }],
  ])('changes %s and leaves the rest', (_what, changes, expected) => {
    const updated = { ...left(2), ...expected };
    const { id: flightId, ...data } = updated;
    given({ flight: [left(2)] })
      .when(update(changes))
      .thenPublished({ type: 'FlightUpdated', data: { flightId, ...data } })
      .thenReturns({ status: 'UPDATED', flight: updated })
      .thenHolds({ flight: [updated] });
  });

  test.each([2, 1, 0])('refuses %i seats while three are held or sold', (capacity) => {
    given({ flight: [left(2)] })
      .when(update({ capacity, cost: 1 }))
      .thenNothing()
      .thenReturns({ status: 'CAPACITY_TOO_LOW', taken: 3 });
  });

  test('refuses an unknown flight', () => {
    given({ flight: [ace890] })
      .when(update({ cost: 1 }, 'none'))
      .thenNothing()
      .thenReturns({ status: 'NOT_FOUND' });
  });
});
