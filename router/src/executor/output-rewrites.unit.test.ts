import type { FetchDataRewrite } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { outputRewriter } from './output-rewrites.ts';

const schema = buildSchema(`
  type Query { all: [Thing] }
  interface Thing { id: ID }
  type Box implements Thing { id: ID }
  type Ball implements Thing { id: ID }
`);
const rename = (...path: string[]): FetchDataRewrite => ({ kind: 'KeyRenamer', path, renameKeyTo: 'a' });
const rewritten = (data: unknown, ...rewrites: FetchDataRewrite[]) => {
  outputRewriter(rewrites, schema)?.(data);
  return data;
};
const ALIAS = 'a__alias_0';

test('nothing to rewrite takes nothing', () => {
  expect(outputRewriter([], schema)).toBeUndefined();
  expect(outputRewriter(undefined, schema)).toBeUndefined();
});

test.each([0, null, false, '', [], {}])('%j is renamed, whatever it is', (value) => {
  expect(rewritten({ [ALIAS]: value }, rename(ALIAS))).toEqual({ a: value });
});

test('in lists of lists with nulls, and below the type conditions that hold', () => {
  const data = {
    all: [
      null,
      [
        { __typename: 'Box', [ALIAS]: 1 },
        { __typename: 'Ball', [ALIAS]: 2 },
      ],
      { [ALIAS]: 3 },
      'x',
    ],
  };
  expect(rewritten(data, rename('all', '... on Thing', '... on Box', ALIAS))).toEqual({
    all: [
      null,
      [
        { __typename: 'Box', a: 1 },
        { __typename: 'Ball', [ALIAS]: 2 },
      ],
      { a: 3 },
      'x',
    ],
  });
});

test('an absent field renames nothing, and leaves what has its name', () => {
  expect(rewritten({ a: 1 }, rename(ALIAS))).toEqual({ a: 1 });
  expect(rewritten({ all: 'x' }, rename('all', ALIAS))).toEqual({ all: 'x' });
  expect(rewritten(null, rename(ALIAS))).toBeNull();
});

test('a value that is set is set on objects', () => {
  const set: FetchDataRewrite = { kind: 'ValueSetter', path: ['all', '__typename'], setValueTo: 'Box' };
  expect(rewritten({ all: [{ id: 1 }, null] }, set)).toEqual({ all: [{ id: 1, __typename: 'Box' }, null] });
});
