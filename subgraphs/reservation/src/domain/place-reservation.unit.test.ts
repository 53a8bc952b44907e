import { describe, test } from 'vitest';
import { given, LATER, PLACED_AT, pending, wish } from '../reservation.fixture.ts';
import type { Known, Placement } from './model.ts';
import { placeReservation } from './place-reservation.ts';

const first: Placement = { id: '["c1","k1"]', reservationId: 'r1', request: '["f1",3,null]' };

const place = (placement?: Placement, id = 'r1', at = PLACED_AT) => ({
  keys: { placement: placement?.id },
  decide: (known: Known) => placeReservation(known, { ...wish, id }, at, placement),
});

const placed = (reservationId: string) => {
  const { id: _, ...data } = wish;
  return { type: 'ReservationPlaced', data: { reservationId, ...data } } as const;
};

describe('placing a reservation', () => {
  test('stores it pending, and tells', () => {
    given()
      .when(place())
      .thenPublished(placed('r1'))
      .thenAnswers({ status: 'PLACED', reservation: pending })
      .thenHolds({ reservation: [pending] });
  });

  test('without a key, the same again is another one', () => {
    given()
      .when(place(), place(undefined, 'r2'))
      .thenPublished(placed('r1'), placed('r2'))
      .thenHolds({ reservation: [pending, { ...pending, id: 'r2' }] });
  });

  test('with a key, keeps what the key stands for', () => {
    given()
      .when(place(first))
      .thenPublished(placed('r1'))
      .thenHolds({ reservation: [pending], placement: [first] });
  });

  test('the same key and the same wish answer the first reservation', () => {
    given()
      .when(place(first))
      .when(place({ ...first, reservationId: 'r2' }, 'r2', LATER))
      .thenNothing()
      .thenAnswers({ status: 'PLACED_BEFORE', reservationId: 'r1' })
      .thenPublished(placed('r1'));
  });

  test('the same key and another wish are refused', () => {
    given()
      .when(place(first))
      .when(place({ ...first, reservationId: 'r2', request: '["f1",4,null]' }, 'r2', LATER))
      .thenNothing()
      .thenAnswers({ status: 'KEY_REUSED' });
  });

  test('another customer may use the same key', () => {
    given()
      .when(place(first), place({ ...first, id: '["c2","k1"]', reservationId: 'r2' }, 'r2'))
      .thenPublished(placed('r1'), placed('r2'));
  });
});
