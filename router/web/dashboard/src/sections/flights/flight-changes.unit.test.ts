import { expect, test } from 'vitest';
import { flight } from '../../data/rows.fixture.ts';
import { readChanges } from './flight-changes.ts';

const known = flight({ capacity: 5, remainingSeatsCount: 2 });
const typed = { takeoffDate: known.takeoffDate, cost: '200,000', capacity: '5' };

test.each([
  [{}, {}],
  [{ cost: '1' }, { cost: 1 }],
  [
    { takeoffDate: '2027-01-01', capacity: '3' },
    { takeoffDate: '2027-01-01', capacity: 3 },
  ],
])('%j changes %j', (more, changes) => {
  expect(readChanges(known, { ...typed, ...more })).toEqual({ changes });
});

test.each([
  [{ takeoffDate: '' }, 'takeoffDate'],
  [{ cost: '-1' }, 'cost'],
  [{ cost: 'much' }, 'cost'],
  // Three are held or sold.
  [{ capacity: '2' }, 'capacity'],
])('%j cannot be', (more, field) => {
  expect(readChanges(known, { ...typed, ...more })).toMatchObject({ problem: { field } });
});
