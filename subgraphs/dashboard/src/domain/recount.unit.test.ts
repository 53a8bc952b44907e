import { describe, expect, test } from 'vitest';
import { at, given, info } from '../dashboard.fixture.ts';
import type { Counts, CustomerInfo, Known } from './model.ts';
import { recount } from './recount.ts';

const NOW = '2024-11-21T12:00:00.000Z';
const none: Counts = { flightCount: 0, recentReserveDate: null, canceledCount: 0 };
const two: Counts = { ...none, flightCount: 2 };

const correcting = (before: CustomerInfo, right = two, now = NOW) => ({
  keys: { info: 'c1' },
  decide: (known: Known) => recount(known, { before, right, now }),
});

describe('a recount', () => {
  test('corrects a row, and makes it newer', () => {
    const before = info(5, '2024-12-25', 1, 1);
    const after = { customerId: 'c1', ...two, updatedAt: NOW };
    given({ info: [before] })
      .when(correcting(before))
      .thenReturns('CORRECTED')
      .thenHolds({ info: [after] })
      .thenPublished({ type: 'CustomerInfoUpdated', data: after });
  });

  test('makes it newer though the clock is behind', () => {
    const before = info(5, '2024-12-25', 1, 1);
    const { rows } = given({ info: [before] }).when(correcting(before, none, at(0)));
    expect(rows.info[0]?.updatedAt).toBe('2024-11-21T10:00:01.001Z');
  });

  test('leaves zeroes for a customer without reservations', () => {
    const before = info(1, '2024-12-25', 0, 1);
    given({ info: [before] })
      .when(correcting(before, none))
      .thenHolds({ info: [{ customerId: 'c1', ...none, updatedAt: NOW }] });
  });

  test('gives a row a time that has none', () => {
    const before = { ...info(1, '2024-12-25', 0, 1), updatedAt: 'never' };
    given({ info: [before] })
      .when(correcting(before, { flightCount: 1, recentReserveDate: '2024-12-25', canceledCount: 0 }))
      .thenHolds({ info: [{ ...before, updatedAt: NOW }] });
  });

  test('leaves alone what is right, what has changed in the meantime, and what is gone', () => {
    const row = info(1, '2024-12-25', 1, 1);
    const right = { flightCount: 1, recentReserveDate: '2024-12-25', canceledCount: 1 };
    given({ info: [row] })
      .when(correcting(row, right))
      .thenReturns('RIGHT')
      .thenNothing()
      .when(correcting(info(1, '2024-12-25', 0, 1), none))
      .thenReturns('MOVED')
      .thenNothing()
      .when(correcting(info(1, '2024-12-25', 1, 2), none))
      .thenReturns('MOVED')
      .thenNothing();
    given().when(correcting(row)).thenReturns('MOVED').thenNothing();
  });
});
