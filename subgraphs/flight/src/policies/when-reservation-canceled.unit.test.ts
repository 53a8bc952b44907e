import { describe, expect, test } from 'vitest';
import { ace890, canceled, given, hold, left, placed } from '../flight.fixture.ts';

const increased = {
  type: 'RemainingSeatsIncreased',
  data: { flightId: 'ace890', reservationId: 'r1', seatQty: 3, remainingSeatsCount: 5 },
} as const;

describe('when a reservation is canceled', () => {
  test('releases its seats', () => {
    given({ flight: [left(2)], hold: [hold('HELD')] })
      .when(canceled())
      .thenPublished(increased)
      .thenHolds({ flight: [ace890], hold: [hold('RELEASED')] });
  });

  test('releases them once', () => {
    given({ flight: [left(2)], hold: [hold('HELD')] })
      .when(canceled())
      .when(canceled())
      .thenNothing()
      .thenPublished(increased);
  });

  test('releases the held seats of a flight that has changed since', () => {
    const changed = { ...left(1), capacity: 4, cost: 1 };
    const { rows } = given({ flight: [changed], hold: [hold('HELD')] }).when(canceled());
    expect(rows.flight).toEqual([{ ...changed, remainingSeatsCount: 4 }]);
  });

  test('releases nothing of a refused one', () => {
    given({ flight: [left(2)] })
      .when(placed())
      .when(canceled())
      .thenNothing()
      .thenHolds({ flight: [left(2)], hold: [hold('REFUSED', 0)] });
  });

  test.each([
    ['a flight', [ace890]],
    ['no such flight', []],
  ])('leaves a tombstone for a placement that is yet to come, of %s', (_of, flight) => {
    given({ flight })
      .when(canceled())
      .thenPublished()
      .thenHolds({ flight, hold: [hold('RELEASED', 0)] })
      .when(canceled())
      .thenNothing();
  });

  test('throws when seats are held on a flight that does not exist', () => {
    expect(() => given({ hold: [hold('HELD')] }).when(canceled())).toThrow(/No such flight ace890/);
  });
});
