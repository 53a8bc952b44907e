import { describe, expect, test } from 'vitest';
import { command, given, LATER, PLACED_AT, pending } from '../reservation.fixture.ts';
import type { Known } from './model.ts';
import { type PlaceReservation, placeReservation, recordIdOf } from './place-reservation.ts';

const keyed = { ...command, idempotencyKey: 'k1' };

const place = (given: PlaceReservation = command, id = 'r1', at = PLACED_AT) => ({
  keys: { idempotencyRecord: recordIdOf(given) },
  decide: (known: Known) => placeReservation(known, given, { customer: given.customerId, id, at }),
});

const placed = (reservationId: string, data = command) =>
  ({ type: 'ReservationPlaced', data: { reservationId, ...data } }) as const;

describe('placing a reservation', () => {
  test('stores it as pending and publishes it', () => {
    given()
      .when(place())
      .thenPublished(placed('r1'))
      .thenReturns({ status: 'PLACED', reservation: pending })
      .thenHolds({ reservation: [pending] });
  });

  test('without a reserve date, it is for the day of its placement', () => {
    given()
      .when(place({ ...command, reserveDate: null }, 'r1', '2024-12-31T23:59:59.999Z'))
      .thenPublished(placed('r1', { ...command, reserveDate: '2024-12-31' }));
  });

  test('without a key, a repeated command is another reservation', () => {
    given()
      .when(place(), place(command, 'r2'))
      .thenPublished(placed('r1'), placed('r2'))
      .thenHolds({ reservation: [pending, { ...pending, id: 'r2' }] });
  });

  test('with a key, stores its idempotency record', () => {
    const record = { id: '["c1","k1"]', reservationId: 'r1', request: '["f1",3,"2024-11-21"]' };
    given()
      .when(place(keyed))
      .thenPublished(placed('r1'))
      .thenHolds({ reservation: [pending], idempotencyRecord: [record] });
  });

  test('the same key and the same command return the first reservation', () => {
    given()
      .when(place(keyed))
      .when(place(keyed, 'r2', LATER))
      .thenNothing()
      .thenReturns({ status: 'PLACED_BEFORE', reservationId: 'r1' })
      .thenPublished(placed('r1'));
  });

  test('the same key without a reserve date is the same command on another day', () => {
    const undated = { ...keyed, reserveDate: undefined };
    given()
      .when(place(undated))
      .when(place({ ...undated, reserveDate: null }, 'r2', '2024-11-22T00:00:00.000Z'))
      .thenNothing()
      .thenReturns({ status: 'PLACED_BEFORE', reservationId: 'r1' });
  });

  const dated = { ...keyed, reserveDate: PLACED_AT.slice(0, 10) };
  const undated = { ...keyed, reserveDate: null };
  const again = { status: 'PLACED_BEFORE', reservationId: 'r1' } as const;

  test('the same key with the day of its placement, given one time and left out the other, is the same command', () => {
    given().when(place(undated)).when(place(dated, 'r2')).thenNothing().thenReturns(again);
    given().when(place(dated)).when(place(undated, 'r2')).thenNothing().thenReturns(again);
  });

  test('the same key with another day is another command, given or left out', () => {
    const reused = { status: 'KEY_REUSED' } as const;
    const later = { ...keyed, reserveDate: '2031-01-01' };
    given().when(place(undated)).when(place(later, 'r2')).thenNothing().thenReturns(reused);
    given().when(place(later)).when(place(undated, 'r2')).thenNothing().thenReturns(reused);
  });

  test('a record without the day of its placement is that of a command without a date', () => {
    const idempotencyRecord = { id: '["c1","k1"]', reservationId: 'r1', request: '["f1",3,null]' };
    // By name: what commands have got since, it lacks, and so does the client that sends it again.
    const { customerId, flightId, seatQty, idempotencyKey } = keyed;
    const placing = (reserveDate: string | null) =>
      placeReservation(
        { idempotencyRecord },
        { customerId, flightId, seatQty, idempotencyKey, reserveDate },
        { customer: undefined, id: 'r2', at: PLACED_AT },
      ).result;
    expect(placing(undated.reserveDate)).toEqual(again);
    expect(placing(dated.reserveDate)).toEqual({ status: 'KEY_REUSED' });
  });

  test('the same key and another command are refused', () => {
    given()
      .when(place(keyed))
      .when(place({ ...keyed, seatQty: 4 }, 'r2', LATER))
      .thenNothing()
      .thenReturns({ status: 'KEY_REUSED' });
  });

  test('another customer may use the same key', () => {
    const other = { ...keyed, customerId: 'c2' };
    given()
      .when(place(keyed), place(other, 'r2'))
      .thenPublished(placed('r1'), placed('r2', { ...command, customerId: 'c2' }));
  });

  const placeAs = (customer: string | undefined, id: string) => ({
    keys: { idempotencyRecord: recordIdOf(keyed) },
    decide: (known: Known) => placeReservation(known, keyed, { customer, id, at: PLACED_AT }),
  });

  test('for another is refused, and shows nothing of their keys', () => {
    given()
      .when(placeAs('c2', 'r1'))
      .thenNothing()
      .thenReturns({ status: 'FOR_ANOTHER' })
      .when(placeAs('c1', 'r1'))
      .when(placeAs('c2', 'r2'))
      .thenNothing()
      .thenReturns({ status: 'FOR_ANOTHER' });
  });

  test('for any customer is done by one who acts for all', () => {
    given()
      .when(placeAs(undefined, 'r1'))
      .thenReturns({ status: 'PLACED', reservation: pending })
      .when(placeAs('c1', 'r2'))
      .thenReturns({ status: 'PLACED_BEFORE', reservationId: 'r1' });
  });
});
