import type { Fate } from '@airline/testing/ownership';
import { expect, test } from 'vitest';
import { type Cell, type Erasure, erasureFaults } from './customer-data.ts';

const EMAIL = 'kim@example.com';
const cells = (row: string, columns: Readonly<Record<string, unknown>>): Cell[] =>
  Object.entries(columns).map(([column, value]) => ({ column, row, value }));

const before = [
  ...cells('r1', { id: 'r1', customerId: 'kim', email: EMAIL, day: '2030-01-01', request: '["f1"]' }),
  ...cells('r2', { id: 'r2', customerId: 'lee', email: 'lee@example.com', day: '2030-01-01', request: '' }),
  ...cells('e1', { event: `{"customerId":"kim","email":"${EMAIL}"}` }),
];
const after = before.map((cell) =>
  cell.row === 'r1' && /email|day/.test(cell.column) ? { ...cell, value: null } : cell,
);
const said: Readonly<Record<string, Fate>> = {
  id: 'not personal',
  customerId: 'kept: law',
  email: 'erased',
  day: 'erased',
  request: 'not shown: law',
  event: 'ends: after a week',
};
const found = `kim ${EMAIL} 2030-01-01`;
const faults = (changed: Partial<Erasure> = {}, saidBesides: Readonly<Record<string, Fate>> = {}) =>
  erasureFaults({
    fates: new Map(Object.entries({ ...said, ...saidBesides })),
    ...{ before, after, customerId: 'kim', given: [EMAIL], found },
    ...changed,
  });
const put = (to: readonly Cell[], name: string, value: unknown) =>
  to.map((cell) => (cell.row === 'r1' && cell.column === name ? { ...cell, value } : cell));

test('what is found and erased as it is said has no fault', () => expect(faults()).toEqual([]));

test.each([
  ['is said to be nobody’s', faults({}, { email: 'not personal', day: 'kept: law' }), /^email holds what is/],
  ['holds the id, and was not said to', faults({ after: put(after, 'id', 'kim/1') }), /^id holds what is/],
  ['is not shown', faults({ found: `kim ${EMAIL}` }), /^day is not found/],
  [
    'is left, though nobody knows its value',
    faults({ after: put(after, 'day', '2030-01-01') }),
    /^day is left/,
  ],
  ['was never there', faults({ before: put(before, 'day', null) }), /^day is empty/],
  ['is in a table without rows', faults({}, { nick: 'erased' }), /^nick is empty/],
  ['has a copy', faults({ after: put(after, 'request', `["f1","${EMAIL}"]`) }), /^request still holds/],
])('what %s is named alone', (_, named, fault) => expect(named).toEqual([expect.stringMatching(fault)]));

test('what the customer gave and no erasure takes is in bookings, too', () =>
  expect(
    faults({ after: put(put(after, 'email', EMAIL), 'request', EMAIL) }, { email: 'kept: law' }),
  ).toEqual([]));
