import { describe, expect, test } from 'vitest';
import { ace890, canceled, given, hold, left, placed } from '../flight.fixture.ts';

const increased = {
  type: 'RemainingSeatsIncreased',
  data: { flightId: 'ace890', reservationId: 'r1', seatQty: 3, remainingSeatsCount: 5 },
} as const;

describe('when a reservation is canceled', () => {
  test('gives its seats back', () => {
    given({ flight: [left(2)], hold: [hold('HELD')] })
      .when(canceled())
      .thenPublished(increased)
      .thenHolds({ flight: [ace890], hold: [hold('RELEASED')] });
  });

  test('gives them back once', () => {
    given({ flight: [left(2)], hold: [hold('HELD')] })
      .when(canceled())
      .when(canceled())
      .thenNothing()
      .thenPublished(increased);
  });

  test('gives back what was held, though the flight has changed since', () => {
    const changed = { ...left(1), capacity: 4, cost: 1 };
    const { rows } = given({ flight: [changed], hold: [hold('HELD')] }).when(canceled());
    expect(rows.flight).toEqual([{ ...changed, remainingSeatsCount: 4 }]);
  });

  test('gives nothing back of a refused one', () => {
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

  test('breaks off when seats are held on a flight that is not there', () => {
    expect(() => given({ hold: [hold('HELD')] }).when(canceled())).toThrow(/ace890, which does not exist/);
  });
});
