import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { input, validate } from './validate.ts';

const schema = z.object({
  id: input.id,
  name: input.text(5),
  seats: input.between(1, 10),
  date: input.date.nullish(),
});
const well = { id: 'a', name: 'b', seats: 3 };

describe('validating the argument of a mutation', () => {
  test.each<[object, object]>([
    [{}, {}],
    [{ date: null }, { date: null }],
    [{ date: '2024-02-29' }, { date: '2024-02-29' }],
    [{ seats: 1 }, { seats: 1 }],
    [{ seats: 10 }, { seats: 10 }],
    [{ id: ' a ' }, { id: ' a ' }],
    [{ id: 'i'.repeat(100) }, { id: 'i'.repeat(100) }],
    [{ name: '  abcde ' }, { name: 'abcde' }],
    [{ id: '👩\u200d✈\ufe0f' }, { id: '👩\u200d✈\ufe0f' }],
    [{ unknown: 1 }, {}],
  ])('takes %j', (but, expected) => {
    expect(validate(schema, { ...well, ...but })).toEqual({ ...well, ...expected });
  });

  test.each([
    [{ id: '' }, 'id', 'must not be empty'],
    [{ id: ' \t\n' }, 'id', 'must not be empty'],
    [{ id: '\u200b' }, 'id', 'must not be empty'],
    [{ id: ' \u2060\u3164\u00ad\ufeff\u2800 ' }, 'id', 'must not be empty'],
    [{ name: '\u200d\ufe0f' }, 'name', 'must not be empty'],
    [{ id: 'i'.repeat(101) }, 'id', 'must have at most 100 characters'],
    [{ id: 'i\ti' }, 'id', 'must not contain a tab or a line break'],
    [{ name: ' ' }, 'name', 'must not be empty'],
    [{ name: 'a\nb' }, 'name', 'must not contain a tab or a line break'],
    [{ name: 'abcdef' }, 'name', 'must have at most 5 characters'],
    [{ seats: 0 }, 'seats', 'must be 1 or more'],
    [{ seats: -1 }, 'seats', 'must be 1 or more'],
    [{ seats: 11 }, 'seats', 'must be 10 or less'],
    [{ date: '2023-02-29' }, 'date', 'must be a date, YYYY-MM-DD'],
    [{ date: '2024-2-1' }, 'date', 'must be a date, YYYY-MM-DD'],
    [{ date: '2024-02-01T00:00:00Z' }, 'date', 'must be a date, YYYY-MM-DD'],
  ])('refuses %j by the name of the field', (but, field, message) => {
    const refused = expect.objectContaining({
      message: `"input.${field}" ${message}.`,
      extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` },
    });
    expect(() => validate(schema, { ...well, ...but })).toThrow(refused);
  });

  test('names the first field at fault, and input itself where that is', () => {
    const field = (value: unknown) => {
      try {
        return validate(schema, value);
      } catch (error) {
        return (error as { extensions: { field: string } }).extensions.field;
      }
    };
    expect(field({ id: '', name: '', seats: 0 })).toBe('input.id');
    expect(field(undefined)).toBe('input');
  });
});

describe('what the graph has and the schema has not is a type error', () => {
  const known = z.object({ a: z.string() });
  const asked: { a: string; b?: string | null } = { a: 'a', b: 'b' };

  test('a field, which the schema would drop', () => {
    // @ts-expect-error: lacks: "b"
    expect(validate(known, asked)).toEqual({ a: 'a' });
    // @ts-expect-error: of each of a list, too
    expect(validate(z.array(known), [asked])).toEqual([{ a: 'a' }]);
  });

  test('a field of a field, in lists, and where it may be null', () => {
    const inner: { one?: typeof asked | null; list: (typeof asked)[] } = { one: asked, list: [asked] };
    const whole = known.extend({ b: z.string().nullish() });
    // @ts-expect-error: lacks: "one.b"
    validate(z.object({ one: known.nullish(), list: z.array(whole) }), inner);
    // @ts-expect-error: lacks: "list.b"
    validate(z.object({ one: whole.nullish(), list: z.array(known) }), inner);
    expect(validate(z.object({ one: whole.nullish(), list: z.array(whole) }), inner)).toEqual(inner);
  });

  test('a value of an enum, which the schema would refuse', () => {
    const seat: { area?: 'NORTH' | 'SOUTH' | null; row: string } = { area: 'NORTH', row: 'A' };
    const row = z.enum(['A', 'B']);
    // @ts-expect-error: lacks: "area.SOUTH"
    validate(z.object({ area: z.enum(['NORTH']).nullish(), row }), seat);
    expect(validate(z.object({ area: z.enum(['NORTH', 'SOUTH']).nullish(), row }), seat)).toEqual(seat);
    expect(validate(z.object({ area: z.string().nullish(), row }), seat)).toEqual(seat);
  });

  test('null, which the schema would refuse', () => {
    const seat: { row?: string | null; legs?: (string | null)[] | null } = { legs: [] };
    const legs = z.array(z.string().nullable()).nullish();
    // @ts-expect-error: lacks: "row.null"
    validate(z.object({ row: z.string().optional(), legs }), seat);
    // @ts-expect-error: lacks: "legs.null"
    validate(z.object({ row: z.string().nullish(), legs: z.array(z.string()).nullish() }), seat);
    expect(validate(z.object({ row: z.string().nullish(), legs }), seat)).toEqual(seat);
  });
});
