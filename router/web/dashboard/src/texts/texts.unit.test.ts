import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { events, services } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { languageOf } from '../../../language.ts';
import { dictionaries, wordsFor } from './texts.ts';

test.each([
  [['ko-KR', 'en-US'], 'ko'],
  [['fr-FR', 'ko'], 'ko'],
  [['en-GB', 'ko'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('who prefers %j reads %s', (preferred, expected) => {
  expect(languageOf(preferred)).toBe(expected);
});

test("a problem without a text for its code shows the server's message", () => {
  const { en } = dictionaries;
  const problem = { code: 'SEATS_TOO_MANY', field: undefined, message: 'There are not that many.' };
  expect(wordsFor(problem, en)).toBe('There are not that many.');
  expect(wordsFor({ ...problem, code: 'NOT_FOUND' }, en)).toBe(en.problem.NOT_FOUND);
});

// A page shows the code of one that has no name.
test.each(Object.entries(dictionaries))(
  'each service and each event has a name in %s, and each service a text for when it is away',
  (_language, { history, connection }) => {
    expect(Object.keys(connection.serviceAway).toSorted()).toEqual(services.toSorted());
    expect(Object.keys(history.services).toSorted()).toEqual(services.toSorted());
    expect(Object.keys(history.events).toSorted()).toEqual(Object.keys(events).toSorted());
  },
);

const schemas: Readonly<Record<string, { readonly data: { readonly properties: Record<string, unknown> } }>> =
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../../schema/events.json'), 'utf8'));

/** The values of all enums of a JSON Schema, wherever they stand in it. */
const enumsOf = (schema: unknown): unknown[] =>
  typeof schema === 'object' && schema !== null
    ? Object.entries(schema).flatMap(([name, value]) => (name === 'enum' ? value : enumsOf(value)))
    : [];

test('each reason that any event gives has a text, also where it may be null', () => {
  const given = Object.values(schemas).flatMap(({ data }) => enumsOf(data.properties.reason));
  for (const { reason } of Object.values(dictionaries))
    expect(Object.keys(reason).toSorted()).toEqual([...new Set(given)].toSorted());
  expect(enumsOf({ anyOf: [{ enum: ['LATE'] }, { type: 'null' }] })).toEqual(['LATE']);
});

test('control: the two dictionaries say the same in other words', () => {
  const { en, ko } = dictionaries;
  expect(ko.bookings.heading).not.toBe(en.bookings.heading);
});
