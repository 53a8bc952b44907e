import { describe, expect, test } from 'vitest';
import { at, reservation } from './rows.fixture.ts';
import { MINUTES, median, Statistics } from './statistics.ts';

const MINUTE = 60_000;
const now = (ms: number) => Date.parse(at(ms));

describe('statistics', () => {
  test('count bookings by the minute in which they were placed, for half an hour', () => {
    const statistics = new Statistics();
    for (const ms of [0, 59_999, MINUTE, 29 * MINUTE])
      statistics.see(reservation({ placedAt: at(ms) }), undefined);
    const { perMinute, placed } = statistics.figures(now(29 * MINUTE + 1));
    expect(perMinute).toHaveLength(MINUTES);
    expect([perMinute[0]?.placed, perMinute[1]?.placed, perMinute.at(-1)?.placed]).toEqual([2, 1, 1]);
    expect(placed).toBe(4);
    expect(statistics.figures(now(30 * MINUTE)).placed).toBe(2);
  });

  test('count a booking under what has become of it, once', () => {
    const statistics = new Statistics();
    const pending = reservation();
    const succeeded = reservation({ status: 'SUCCEED', updatedAt: at(20) });
    const canceled = reservation({ status: 'CANCELED', cancelReason: 'CUSTOMER', updatedAt: at(900) });
    const other = reservation({ id: 'r2', status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT' });
    statistics.see(pending, undefined);
    statistics.see(succeeded, pending);
    statistics.see(other, undefined);
    expect(statistics.figures(now(0)).outcomes).toEqual([
      { outcome: 'SEATS_SOLD_OUT', count: 1 },
      { outcome: 'SUCCEED', count: 1 },
    ]);
    statistics.see(canceled, succeeded);
    expect(statistics.figures(now(0)).outcomes).toEqual([
      { outcome: 'CUSTOMER', count: 1 },
      { outcome: 'SEATS_SOLD_OUT', count: 1 },
    ]);
  });

  test('measure from placed to settled, and no cancellation by the customer', () => {
    const statistics = new Statistics();
    const settled = (id: string, ms: number) =>
      reservation({ id, status: 'SUCCEED', placedAt: at(0), updatedAt: at(ms) });
    for (const [id, ms] of [
      ['b', 20],
      ['a', 10],
      ['c', 70],
    ] as const)
      statistics.see(settled(id, ms), undefined);
    statistics.see(
      { ...settled('c', 5_000), status: 'CANCELED', cancelReason: 'CUSTOMER' },
      settled('c', 70),
    );
    const { latencies, p50 } = statistics.figures(now(0));
    expect(latencies).toEqual([10, 20, 70]);
    expect(p50).toBe(20);
  });

  test('keep the last hundred latencies, whatever the order in which they arrive', () => {
    const statistics = new Statistics();
    for (let ms = 150; ms > 0; ms -= 1)
      statistics.see(reservation({ id: `r${ms}`, status: 'SUCCEED', updatedAt: at(ms) }), undefined);
    const { latencies } = statistics.figures(now(0));
    expect(latencies).toEqual(Array.from({ length: 100 }, (_, index) => 51 + index));
  });
});

test.each([
  [[], undefined],
  [[3], 3],
  [[9, 1], 1],
  [[10, 2, 9], 9],
])('the median of %j is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});
