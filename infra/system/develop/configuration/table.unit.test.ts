import { envVar } from '@airline/service';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeVariables, sharedAndOwn, tableOf, withoutNames, withRegion } from './table.ts';

const shape = {
  PORT: envVar.port.default(8082).describe('The port.'),
  HOST: envVar.text.describe('The host.'),
  SHAPE: z.enum(['a', 'b']).optional().describe('One | the other.'),
};

test('a table has what each variable means, its default and what a value should look like', () => {
  expect(tableOf(describeVariables(shape)).split('\n')).toEqual([
    '| variable | default | meaning | should be |',
    '| --- | --- | --- | --- |',
    '| `PORT` | `8082` | The port. | a port, 0 to 65535 (0 picks a free one) |',
    '| `HOST` | required | The host. | a text |',
    '| `SHAPE` |  | One \\| the other. |  |',
  ]);
});

test('a variable without a description is an error that names it', () => {
  expect(() => describeVariables({ PORT: envVar.port.default(1) })).toThrow('PORT has no description');
});

test('variables of all services stand once, with <NAME> for the service; the others are its own', () => {
  const flight = { FLIGHT_PORT: shape.PORT, HOST: shape.HOST, FLIGHT_GATE: shape.HOST };
  const payment = { PAYMENT_PORT: envVar.port.default(8084).describe('The port.'), HOST: shape.HOST };
  const { shared, own } = sharedAndOwn([
    { name: 'flight', variables: flight },
    { name: 'payment', variables: payment },
  ]);
  expect(shared.map(({ name, default: value }) => [name, value])).toEqual([
    ['<NAME>_PORT', undefined],
    ['HOST', undefined],
  ]);
  expect(own.map(({ name, variables }) => [name, variables.map((each) => each.name)])).toEqual([
    ['flight', ['FLIGHT_GATE']],
  ]);
});

test('a variable of each service stands once', () => {
  const variables = describeVariables({ FLIGHT_URL: shape.HOST, PORT: shape.PORT, PAYMENT_URL: shape.HOST });
  expect(withoutNames(variables, ['flight', 'payment']).map(({ name }) => name)).toEqual([
    '<NAME>_URL',
    'PORT',
  ]);
});

test('a region is replaced between its comments, and the rest of the text stays', () => {
  const text = 'a\n<!-- configuration: router -->\nold\n<!-- end -->\nb\n';
  const current = withRegion(text, 'router', 'new');
  expect(current).toBe('a\n<!-- configuration: router -->\n\nnew\n\n<!-- end -->\nb\n');
  expect(withRegion(current, 'router', 'new')).toBe(current);
  expect(() => withRegion(text, 'services', 'new')).toThrow('no region');
});
