import { expect, test } from 'vitest';
import { createValue } from '../../../value.ts';
import { fill, learn, type Names, UnknownName } from './environment.ts';

test('placeholders are filled at any depth, within texts, too', () => {
  const names = { LATEST_FLIGHT: 'f1', seats: '3' };
  expect(
    fill(
      { input: { flightId: '{{LATEST_FLIGHT}}', of: ['1 of {{ LATEST_FLIGHT }}', '{{seats}}'] }, n: 2 },
      names,
    ),
  ).toEqual({ input: { flightId: 'f1', of: ['1 of f1', '3'] }, n: 2 });
  expect(fill({ authorization: 'Bearer {{TOKEN}}' }, { TOKEN: '{{seats}}' })).toEqual({
    authorization: 'Bearer {{seats}}',
  });
});

test('what is no placeholder stays as it is', () => {
  const variables = { a: null, b: true, c: '{name}', d: 'LATEST_FLIGHT', e: [] };
  expect(fill(variables, { LATEST_FLIGHT: 'f1' })).toEqual(variables);
});

test('a placeholder without a value is named', () => {
  const attempt = () => fill({ id: '{{LATEST_RESERVATION}}' }, {});
  expect(attempt).toThrow(UnknownName);
  expect(attempt).toThrow('LATEST_RESERVATION');
});

test('the ids of the latest flight and reservation are learned from mutations', () => {
  const environment = createValue<Names>({ mine: '1' });
  learn({ registerFlight: { flight: { id: 'f1' } } }, environment);
  learn({ a: { reservation: { id: 'r1' } }, b: { reservation: { id: 'r2' } }, c: null }, environment);
  learn({ a: { flight: { code: 'KE1' } } }, environment);
  learn(null, environment);
  expect(environment.get()).toEqual({ mine: '1', LATEST_FLIGHT: 'f1', LATEST_RESERVATION: 'r2' });
});
