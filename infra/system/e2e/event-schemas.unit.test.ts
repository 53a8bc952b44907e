import { expect, test } from 'vitest';
import { valuesOf } from './event-schemas.ts';

test('an enum has the same values where it may be null, and what is none has none', () => {
  const values = ['A', 'B'];
  expect(valuesOf({ enum: values })).toEqual(values);
  expect(valuesOf({ anyOf: [{ enum: values }, {}], default: null })).toEqual(values);
  expect(valuesOf({ default: 1 })).toEqual([]);
  expect(valuesOf(undefined)).toEqual([]);
});
