import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { event } from '../events/event.ts';
import { eventChanges } from './event-changes.ts';
import { eventSchemas } from './event-schemas.ts';

const SHAPE = {
  gateId: z.string().min(1).max(100),
  side: z.enum(['LEFT', 'RIGHT']),
  openedOn: z.iso.date().nullable(),
  floor: z.int().min(0),
  note: z.string().optional(),
  crew: z.array(z.object({ name: z.string(), role: z.string().default('PILOT') })),
  area: z.string().default('NORTH'),
  until: z.iso.date().nullable().default(null),
};
const schemas = (shape: z.ZodRawShape, version = 1) =>
  eventSchemas({ GateOpened: event(version, 'gateId', shape) });
const changes = (shape: z.ZodRawShape, version = 1) => eventChanges(schemas(SHAPE), schemas(shape, version));
const named = (path: string, type: string) => ({ path, type, message: expect.any(String) });
const without = (field: keyof typeof SHAPE) => {
  const { [field]: _, ...rest } = SHAPE;
  return rest;
};

describe('eventSchemas', () => {
  const date = z.iso.date();

  test.each<[string, z.ZodRawShape, string]>([
    ['a default', { day: date.default('none') }, 'GateOpened.day, "none"'],
    ['one that may be null', { day: date.nullable().default('none') }, 'GateOpened.day, "none"'],
    [
      'one within a list',
      { legs: z.array(z.object({ day: date.default('none') })) },
      'GateOpened.legs.items.day',
    ],
  ])('refuses %s that is not valid itself', (_, shape, named) => {
    expect(() => schemas(shape)).toThrow(named);
  });

  test.each<[string, z.ZodRawShape, string]>([
    ['a field', { day: date.default('2024-01-01').catch('2024-01-01') }, 'GateOpened.day has .catch(…)'],
    ['one within a default', { day: date.catch('2024-01-01').nullable().default(null) }, 'GateOpened.day'],
    ['one within a list', { legs: z.array(z.object({ day: date.catch('2024-01-01') })) }, 'legs.items.day'],
  ])('refuses a catch of %s', (_, shape, named) => {
    expect(() => schemas(shape)).toThrow(named);
  });

  test.each<[string, z.ZodType]>([
    ['a refinement', z.number().refine((seats) => seats < 10)],
    ['a transformation', z.number().transform((cents) => cents * 100)],
    ['a preprocessing', z.preprocess((value) => value ?? 0, z.number())],
    ['another value', z.number().overwrite((seats) => Math.min(seats, 9))],
    ['a default before it is parsed', z.string().prefault('A')],
  ])('refuses %s, which no JSON Schema shows', (_, seats) => {
    expect(() => schemas({ legs: z.array(z.object({ seats })) })).toThrow('GateOpened.legs.items.seats');
  });

  test('accepts defaults that are valid', () => {
    const shape = { day: date.nullable().default(null), note: z.string().default('') };
    expect(schemas(shape).GateOpened?.data.required).toBeUndefined();
  });
});

describe('eventChanges', () => {
  test.each<[string, z.ZodRawShape, string, string]>([
    ['a required field that is added', { ...SHAPE, door: z.string() }, 'door', 'REQUIRED'],
    ['an optional field that is required', { ...SHAPE, note: z.string() }, 'note', 'REQUIRED'],
    ['a required field that is removed', without('side'), 'side', 'REMOVED'],
    ['a field with a default that is removed', without('area'), 'area', 'REMOVED'],
    ['one whose default is null', without('until'), 'until', 'REMOVED'],
    ['another type', { ...SHAPE, floor: z.string() }, 'floor', 'NARROWED'],
    ['an enum value that is removed', { ...SHAPE, side: z.enum(['LEFT']) }, 'side', 'NARROWED'],
    ['an enum in place of any text', { ...SHAPE, note: z.enum(['A']).optional() }, 'note', 'NARROWED'],
    ['null that is refused', { ...SHAPE, openedOn: z.iso.date() }, 'openedOn', 'NARROWED'],
    ['another format', { ...SHAPE, openedOn: z.iso.datetime().nullable() }, 'openedOn', 'NARROWED'],
    ['a higher minimum', { ...SHAPE, floor: z.int().min(1) }, 'floor', 'NARROWED'],
    ['a maximum that is added', { ...SHAPE, note: z.string().max(9).optional() }, 'note', 'NARROWED'],
    [
      'a required field within a list',
      { ...SHAPE, crew: z.array(SHAPE.crew.element.extend({ age: z.int() })) },
      'crew',
      'NARROWED',
    ],
  ])('finds %s breaking', (_, shape, field, kind) => {
    expect(changes(shape)).toEqual({
      breaking: [named(`GateOpened.${field}`, `EVENT_FIELD_${kind}`)],
      dangerous: [],
    });
  });

  const crewOf = (role: z.ZodType) => z.array(SHAPE.crew.element.extend({ role }));
  test.each<[string, z.ZodRawShape, string]>([
    ['another default', { ...SHAPE, area: z.string().default('SOUTH') }, 'area'],
    ['one in place of null', { ...SHAPE, until: z.iso.date().nullable().default('2024-01-01') }, 'until'],
    ['no default any more', { ...SHAPE, area: z.string().optional() }, 'area'],
    ['another one within a list', { ...SHAPE, crew: crewOf(z.string().default('GUEST')) }, 'crew'],
    ['none within a list any more', { ...SHAPE, crew: crewOf(z.string().optional()) }, 'crew'],
  ])('finds %s breaking', (_, shape, field) => {
    expect(changes(shape)).toEqual({
      breaking: [named(`GateOpened.${field}`, 'EVENT_DEFAULT_CHANGED')],
      dangerous: [],
    });
  });

  test.each<[string, z.ZodRawShape, string]>([
    ['an enum value that is added', { ...SHAPE, side: z.enum(['LEFT', 'RIGHT', 'BOTH']) }, 'side'],
    ['null that is accepted', { ...SHAPE, floor: z.int().min(0).nullable() }, 'floor'],
    ['a higher maximum', { ...SHAPE, gateId: z.string().min(1).max(200) }, 'gateId'],
    ['a number in place of an integer', { ...SHAPE, floor: z.number().min(0) }, 'floor'],
    ['a field that may be absent', { ...SHAPE, floor: z.int().min(0).optional() }, 'floor'],
  ])('finds %s dangerous', (_, shape, field) => {
    expect(changes(shape)).toEqual({
      breaking: [],
      dangerous: [named(`GateOpened.${field}`, 'EVENT_FIELD_WIDENED')],
    });
  });

  test.each<[string, z.ZodRawShape]>([
    ['nothing', SHAPE],
    ['a field with a default', { ...SHAPE, door: z.string().default('A') }],
    ['an optional field', { ...SHAPE, door: z.string().optional() }],
    ['a default of an optional field', { ...SHAPE, note: z.string().default('') }],
    ['an optional field that is removed', without('note')],
    ['a description', { ...SHAPE, floor: SHAPE.floor.describe('Counted from 0.') }],
  ])('lets pass: %s', (_, shape) => {
    expect(changes(shape)).toEqual({ breaking: [], dangerous: [] });
  });

  test('lets any data pass in a higher version, for which readers come first, and a new event', () => {
    expect(changes({ gateId: z.string() }, 2)).toEqual({
      breaking: [],
      dangerous: [named('GateOpened', 'EVENT_VERSION_RAISED')],
    });
    expect(eventChanges({}, schemas(SHAPE))).toEqual({ breaking: [], dangerous: [] });
  });

  test('finds another subject breaking, but in a higher version; schemas of before have none', () => {
    const withSubject = (subject: keyof typeof SHAPE, version = 1) =>
      eventSchemas({ GateOpened: event(version, subject, SHAPE) });
    const before = withSubject('gateId');
    expect(eventChanges(before, withSubject('note'))).toEqual({
      breaking: [named('GateOpened', 'EVENT_SUBJECT_CHANGED')],
      dangerous: [],
    });
    expect(eventChanges(before, withSubject('note', 2)).breaking).toEqual([]);
    const { GateOpened: { subject: _, ...rest } = { version: 1, data: {} } } = before;
    expect(eventChanges({ GateOpened: rest }, before)).toEqual({ breaking: [], dangerous: [] });
  });

  test('finds an event that is removed, or of a lower version, breaking', () => {
    expect(eventChanges(schemas(SHAPE), {}).breaking).toEqual([named('GateOpened', 'EVENT_REMOVED')]);
    expect(eventChanges(schemas(SHAPE, 2), schemas(SHAPE)).breaking).toEqual([
      named('GateOpened', 'EVENT_VERSION_LOWERED'),
    ]);
  });
});
