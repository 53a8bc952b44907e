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

test('control: the two dictionaries say the same in other words', () => {
  const { en, ko } = dictionaries;
  expect(ko.bookings.heading).not.toBe(en.bookings.heading);
});
