import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { validateDocument } from '../graphql/validate-document.ts';
import { defaultLimits } from './limits.ts';
import { variableErrors } from './variable-fault.ts';

const schema = buildSchema('scalar Any type Query { of(any: Any, float: Float): Int }');
const literal = (value: string) =>
  validateDocument(schema, parse(`{ of(any: ${value}) }`), { limits: defaultLimits }).map(
    ({ message }) => message,
  );
const variable = (json: string) => {
  const document = parse('query ($any: Any) { of(any: $any) }');
  const [operation] = document.definitions.filter((each) => each.kind === 'OperationDefinition');
  const { errors } = variableErrors(schema, operation, { any: JSON.parse(json) }, defaultLimits);
  return errors.map(({ message }) => message);
};

test.each(['1e400', '-1e400', `${'9'.repeat(400)}`, `${'9'.repeat(400)}.5`])(
  'no number %s, which JSON cannot pass on',
  (number) => {
    expect(literal(`[{a: ${number}}]`)).toEqual(['A number must be below 1.8e308.']);
    expect(variable(`[{"a":${number}}]`)).toEqual(['"any[0].a" must be below 1.8e308.']);
  },
);

test.each(['0', '-0', '1e308', '99999999999999999999', '1e-400'])('the number %s', (number) => {
  expect(literal(number)).toEqual([]);
  expect(variable(number)).toEqual([]);
});
