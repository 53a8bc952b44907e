import { describe, expect, test } from 'vitest';
import { at, canceled, given, info, placed } from '../dashboard.fixture.ts';
import { erase } from './erase.ts';
import { recount } from './recount.ts';

const erasure = { customerId: 'c1', erasedAt: at(5), reason: 'asked' };
const emptied = info(0, null, 0, 5);

describe('an erasure', () => {
  test('empties the info, publishes nothing, and is the first one for good', () => {
    expect(erase({ info: info(2, '2024-11-23', 1, 1) }, erasure)).toEqual({
      write: { info: emptied, erasure },
      result: erasure,
    });
    expect(erase({ info: emptied, erasure }, { ...erasure, erasedAt: at(9), reason: 'again' })).toEqual({
      write: { info: emptied, erasure },
      result: erasure,
    });
  });

  test('is not undone by what comes later; the history goes on without the customer', () => {
    const after = given({ info: [emptied], erasure: [erasure] })
      .when(placed('r1', '2024-11-23', 7), canceled('r1', 8))
      .thenPublished();
    expect(after.rows.info).toEqual([emptied]);
    expect(after.rows.step.map(({ id, customerId, reserveDate }) => [id, customerId, reserveDate])).toEqual(
      expect.arrayContaining([
        ['ReservationPlaced/r1', null, null],
        ['ReservationCanceled/r1', null, null],
      ]),
    );
  });

  test('is right, whatever steps still say whose they are', () => {
    const right = { flightCount: 2, recentReserveDate: '2024-11-23', canceledCount: 0 };
    const asked = { before: emptied, right, now: at(9) };
    expect(recount({ info: emptied, erasure }, asked)).toEqual({ result: 'RIGHT' });
    expect(recount({ info: emptied }, asked)).toMatchObject({ result: 'CORRECTED' });
  });
});
