import { describe, expect, test } from 'vitest';
import { figuresOf, minutesUntil } from './figures.ts';
import { latencyLimitsMs } from './tally.ts';

const minutes = minutesUntil(new Date('2024-11-21T10:01:59.999Z'), 3);
const none = { totals: undefined, customers: 0, tallies: [], latencies: [] };

describe('figures', () => {
  test('are of the last minutes, the running one and empty ones included', () => {
    expect(minutes).toEqual(['2024-11-21T09:59', '2024-11-21T10:00', '2024-11-21T10:01']);
    expect(figuresOf(none, minutes)).toMatchObject({
      placed: 0,
      pending: 0,
      minutes: minutes.map((minute) => ({ at: `${minute}:00.000Z`, placed: 0, succeeded: 0, canceled: 0 })),
      outcomes: [],
    });
  });

  test('have outcomes over all minutes, the most frequent first', () => {
    const tallies = [
      { id: '2024-11-21T09:59 PLACED', count: 9 },
      { id: '2024-11-21T09:59 SEATS_SOLD_OUT', count: 2 },
      { id: '2024-11-21T10:00 SUCCEED', count: 4 },
      { id: '2024-11-21T10:01 EXPIRED', count: 1 },
      { id: '2024-11-21T10:01 SEATS_SOLD_OUT', count: 1 },
    ];
    const { minutes: each, outcomes } = figuresOf({ ...none, tallies }, minutes);
    expect(each.map(({ placed, succeeded, canceled }) => [placed, succeeded, canceled])).toEqual([
      [9, 0, 2],
      [0, 4, 0],
      [0, 0, 2],
    ]);
    expect(outcomes).toEqual([
      { status: 'SUCCEED', cancelReason: null, count: 4 },
      { status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT', count: 3 },
      { status: 'CANCELED', cancelReason: 'EXPIRED', count: 1 },
    ]);
  });

  test('count what settled before its placement as not pending', () => {
    const totals = { placed: 1, succeeded: 2, canceled: 0 };
    expect(figuresOf({ ...none, totals }, minutes).pending).toBe(0);
  });

  test.each<[string, Readonly<Record<number, number>>, (number | null)[]]>([
    ['without sagas', {}, [null, null, null]],
    ['of one bucket', { 4: 100 }, [15, 20, 20]],
    ['over several', { 0: 50, 4: 49, 6: 1 }, [1, 19, 20]],
    ['beyond the last limit', { 16: 3 }, [300_000, 300_000, 300_000]],
  ])('have percentiles %s', (_, counts, percentiles) => {
    const latencies = Object.entries(counts).map(([bucket, count]) => ({
      id: `2024-11-21T10:00 ${bucket}`,
      count,
    }));
    const { latency } = figuresOf({ ...none, latencies }, minutes);
    expect([latency.p50Ms, latency.p95Ms, latency.p99Ms]).toEqual(percentiles);
    expect(latency.buckets.map(({ upToMs }) => upToMs)).toEqual([...latencyLimitsMs, null]);
    expect(latency.count).toBe(Object.values(counts).reduce((total, count) => total + count, 0));
  });
});
