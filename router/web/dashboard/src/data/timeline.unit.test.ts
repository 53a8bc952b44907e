import { expect, test } from 'vitest';
import { at } from './rows.fixture.ts';
import { isComplete, type Step, timed } from './timeline.ts';

const step = (event: string, ms = 0): Step => ({
  event,
  service: 'flight',
  at: at(ms),
  seatQty: null,
  amount: null,
  currency: null,
  reason: null,
});

test('each step has the time since the one before, and since the first', () => {
  const steps = timed([step('a', 100), step('b', 107), step('c', 107), step('d', 250)]);
  expect(steps.map(({ sincePrevious, sinceStart }) => [sincePrevious, sinceStart])).toEqual([
    [undefined, 0],
    [7, 7],
    [0, 7],
    [143, 150],
  ]);
  expect(timed([])).toEqual([]);
});

const PLACED = ['ReservationPlaced'];
const SUCCEEDED = [...PLACED, 'RemainingSeatsDecreased', 'Paid', 'ReservationSucceeded'];

test.each([
  ['PENDING', [], false],
  ['PENDING', PLACED, true],
  ['SUCCEED', PLACED, false],
  ['SUCCEED', SUCCEEDED, true],
  ['CANCELED', SUCCEEDED, false],
  ['CANCELED', [...PLACED, 'SeatsSoldOut', 'ReservationCanceled'], true],
  ['CANCELED', [...SUCCEEDED, 'ReservationCanceled', 'RemainingSeatsIncreased'], false],
  ['CANCELED', [...SUCCEEDED, 'ReservationCanceled', 'RemainingSeatsIncreased', 'PaymentRefunded'], true],
  [
    'CANCELED',
    [
      ...PLACED,
      'RemainingSeatsDecreased',
      'PaymentDeclined',
      'ReservationCanceled',
      'RemainingSeatsIncreased',
    ],
    true,
  ],
] as const)('a booking that is %s is complete with %j: %j', (status, events, expected) => {
  expect(isComplete({ status, history: events.map((event) => step(event)) })).toBe(expected);
});
