import { describe, expect, test } from 'vitest';
import { type Rows, violationsAtAnyTime, violationsAtRest } from './invariants.ts';

type Table = { [Name in keyof Rows]-?: NonNullable<Rows[Name]>[number] };

const flight: Table['flights'] = { id: 'f', cost: 100, capacity: 5, remainingSeatsCount: 2 };
const sold: Table['reservations'] = {
  id: 'r1',
  customerId: 'c',
  flightId: 'f',
  seatQty: 3,
  reserveDate: '2024-11-21',
  status: 'SUCCEED',
  cancelReason: null,
};
const canceled = {
  ...sold,
  id: 'r2',
  seatQty: 1,
  status: 'CANCELED',
  cancelReason: 'CUSTOMER',
  reserveDate: '2024-11-22',
};
const paid: Table['payments'] = { reservationId: 'r1', customerId: 'c', cost: 300, status: 'PAID' };
const refunded = { ...paid, reservationId: 'r2', cost: 100, status: 'REFUNDED' };
const held: Table['holds'] = { reservationId: 'r1', flightId: 'f', seatQty: 3, cost: 100, status: 'HELD' };
const released = { ...held, reservationId: 'r2', seatQty: 1, status: 'RELEASED' };
const info: Table['infos'] = {
  customerId: 'c',
  flightCount: 2,
  recentReserveDate: '2024-11-22',
  canceledCount: 1,
};
const statistics: Table['statistics'] = { placed: 2, pending: 0, succeeded: 1, canceled: 1, customers: 1 };

const well: Required<Rows> = {
  flights: [flight],
  holds: [held, released],
  reservations: [sold, canceled],
  payments: [paid, refunded],
  infos: [info],
  statistics: [statistics],
};
const { holds: _, ...fromGraph } = well;

describe('the invariants', () => {
  test.each<[string, Rows]>([
    ['the databases', well],
    ['the graph', fromGraph],
    ['nothing', { flights: [], holds: [], reservations: [], payments: [], infos: [] }],
    ['a canceled reservation without a payment', { ...well, payments: [paid] }],
    [
      'a canceled reservation whose payment was declined',
      { ...well, payments: [paid, { ...refunded, status: 'DECLINED' }] },
    ],
    ['a tombstone', { ...well, payments: [paid, { ...refunded, cost: 0, status: 'VOID' }] }],
    ['a price that has changed since', { ...well, flights: [{ ...flight, cost: 7 }] }],
  ])('find nothing wrong with %s', (_what, rows) => {
    expect(violationsAtRest(rows)).toEqual([]);
  });

  test.each<[string, Partial<Rows>]>([
    ['flight f has -1 seats left', { flights: [{ ...flight, capacity: 2, remainingSeatsCount: -1 }] }],
    ['flight f has 6 seats left of 5', { flights: [{ ...flight, remainingSeatsCount: 6 }] }],
    ['flight f: 3 seats left + 3 held are not its 5', { flights: [{ ...flight, remainingSeatsCount: 3 }] }],
    ['flight f: 3 seats left + 3 sold are not its 5', { flights: [{ ...flight, remainingSeatsCount: 3 }] }],
    ['reservation r1 has more than one payment', { payments: [paid, paid] }],
    ['reservation r1 has more than one hold', { holds: [held, held] }],
    ['reservation r1 is still PENDING', { reservations: [{ ...sold, status: 'PENDING' }, canceled] }],
    [
      'reservation r1 is SUCCEED for the reason EXPIRED',
      { reservations: [{ ...sold, cancelReason: 'EXPIRED' }, canceled] },
    ],
    [
      'reservation r2 is CANCELED for the reason null',
      { reservations: [sold, { ...canceled, cancelReason: null }] },
    ],
    ['reservation r1 is SUCCEED, but its payment is not there', { payments: [refunded] }],
    ['reservation r1 is SUCCEED, but its payment is PENDING', { payments: [{ ...paid, status: 'PENDING' }] }],
    ['reservation r1 cost 299, not 3 seats at 100', { payments: [{ ...paid, cost: 299 }] }],
    ['reservation r1 is SUCCEED for seats without a price', { holds: [released] }],
    ["the payment of r1 is another customer's", { payments: [{ ...paid, customerId: 'd' }] }],
    [
      'reservation r2 is CANCELED, but its payment is PAID',
      { payments: [paid, { ...refunded, status: 'PAID' }] },
    ],
    [
      'reservation r2 is CANCELED, but its payment is REFUNDING',
      { payments: [paid, { ...refunded, status: 'REFUNDING' }] },
    ],
    [
      'reservation r1 is SUCCEED, but its hold is RELEASED',
      { holds: [{ ...held, status: 'RELEASED' }, released] },
    ],
    ['reservation r2 is CANCELED, but its hold is HELD', { holds: [held, { ...released, status: 'HELD' }] }],
    ['reservation r1 holds 2 seats of f, not 3 of f', { holds: [{ ...held, seatQty: 2 }, released] }],
    [
      'there is no reservation r3, but a payment or a hold of it',
      { payments: [paid, { ...refunded, reservationId: 'r3' }] },
    ],
    ['missing in the dashboard: customer c: 2 placed, 1 canceled, the latest for 2024-11-22', { infos: [] }],
    [
      'wrong in the dashboard: customer c: 3 placed, 1 canceled, the latest for 2024-11-22',
      { infos: [{ ...info, flightCount: 3 }] },
    ],
    [
      'wrong in the dashboard: customer d: 0 placed, 1 canceled, the latest for null',
      { infos: [info, { customerId: 'd', flightCount: 0, recentReserveDate: null, canceledCount: 1 }] },
    ],
    ['the statistics have 3 placed, not 2', { statistics: [{ ...statistics, placed: 3 }] }],
    ['the statistics have 2 succeeded, not 1', { statistics: [{ ...statistics, succeeded: 2 }] }],
    ['the statistics have 0 canceled, not 1', { statistics: [{ ...statistics, canceled: 0 }] }],
    ['the statistics have 1 pending, not 0', { statistics: [{ ...statistics, pending: 1 }] }],
    ['the statistics have 2 customers, not 1', { statistics: [{ ...statistics, customers: 2 }] }],
  ])('say: %s', (words, wrong) => {
    expect(violationsAtRest({ ...well, ...wrong })).toContain(words);
  });

  test('of the graph alone find wrong seats, money and counts, too', () => {
    const wrong = {
      ...fromGraph,
      flights: [{ ...flight, remainingSeatsCount: 1 }],
      payments: [{ ...paid, cost: 299 }, refunded],
      infos: [],
    };
    expect(violationsAtRest(wrong)).toHaveLength(3);
  });

  test('at any time allow what is under way, but no seat too many or too few', () => {
    const underWay = { ...well, reservations: [{ ...sold, status: 'PENDING' }], payments: [], infos: [] };
    expect(violationsAtAnyTime(underWay)).toEqual([]);
    expect(violationsAtAnyTime({ ...underWay, holds: [] })).toHaveLength(1);
  });
});
