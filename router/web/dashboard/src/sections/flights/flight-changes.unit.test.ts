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

test('a price is typed in units of its currency, and changed in its smallest', () => {
  const inEuros = flight({ cost: 19_950, currency: 'EUR', capacity: 5 });
  const unchanged = { takeoffDate: inEuros.takeoffDate, cost: '199.50', capacity: '5' };
  expect(readChanges(inEuros, unchanged)).toEqual({ changes: {} });
  expect(readChanges(inEuros, { ...unchanged, cost: '205' })).toEqual({ changes: { cost: 20_500 } });
});

test.each([
  [{ takeoffDate: '' }, 'takeoffDate'],
  [{ cost: '-1' }, 'cost'],
  [{ cost: 'much' }, 'cost'],
  // Won have no smaller unit.
  [{ cost: '199.50' }, 'cost'],
  // Three are held or sold.
  [{ capacity: '2' }, 'capacity'],
])('%j cannot be', (more, field) => {
  expect(readChanges(known, { ...typed, ...more })).toMatchObject({ problem: { field } });
});
