import { expect, test } from 'vitest';
import { int, key, optionalText, text } from './columns.ts';
import { table } from './table.ts';

test.each([
  ['has its key elsewhere', { name: text(), id: key() }],
  ['has no key', { id: text(), row: int() }],
  ['has two keys', { id: key(), name: key() }],
  ['has no columns', {}],
  // Names of digits come first, whatever the order in which they are written.
  ['has a column that is a number', { id: key(), 1: text() }],
])('a table that %s is refused', (_, columns) => {
  expect(() => table('seat', columns)).toThrow(
    'The first column of the table seat, and no other, must be a key().',
  );
});

test.each(['excluded', 'wanted', 'json_each', 'pg_class', 'sqlite_seat', 'Excluded'])(
  'a table may not be called %s',
  (name) => {
    expect(() => table(name, { id: key() })).toThrow(`The name ${name} is taken`);
  },
);

test.each(['seat-class', '__drizzle_migrations', '1st', ''])('"%s" is no name for a table', (name) => {
  expect(() => table(name, { id: key() })).toThrow(`"${name}" is no name for a table`);
});

test.each(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax'])('a column may not be called %s', (name) => {
  expect(() => table('seat', { id: key(), [name]: optionalText() })).toThrow(
    `The name seat.${name} is taken by PostgreSQL: rename the column.`,
  );
});
