import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Tree } from '../tree.ts';
import { RepresentationWriter } from './representation-writer.ts';

const schema = buildSchema(`
  scalar Any
  type Query { all: [Thing] }
  interface Thing { id: ID }
  type Box implements Thing { id: ID, ids: [[ID]], inner: Inner, inners: [Inner], any: Any, thing: Thing }
  type Ball implements Thing { id: ID }
  type Inner { id: ID, no: Int }
`);
const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const naming = { schema, rewrites: [], renamings: undefined, keys: undefined };
const write = (object: Tree, ...selections: QueryPlanSelectionNode[]) =>
  new RepresentationWriter([on('Box', field('__typename'), ...selections)], naming).write({
    __typename: 'Box',
    ...object,
  });

test.each([
  [{ id: 7 }, [field('id')], '"id":"7"'],
  [{ id: null }, [field('id')], '"id":null'],
  [{ ids: [[1, '2'], null] }, [field('ids')], '"ids":[["1","2"],null]'],
  [{ any: { id: 7 } }, [field('any')], '"any":{"id":7}'],
  [{ inner: { id: 7, no: 7 } }, [field('inner', [field('id'), field('no')])], '"inner":{"id":"7","no":7}'],
  [{ inners: [{ id: 7 }, null] }, [field('inners', [field('id')])], '"inners":[{"id":"7"},null]'],
  [{ inner: null }, [field('inner', [field('id')])], '"inner":null'],
  [
    { thing: { __typename: 'Ball', id: 1 } },
    [field('thing', [on('Thing', field('id'))])],
    '"thing":{"id":"1"}',
  ],
  [{ thing: { __typename: 'Ball', id: 1 } }, [field('thing', [on('Box', field('id'))])], '"thing":{}'],
  [
    { inner: { id: 1, no: 2 } },
    [field('inner', [field('id')]), field('inner', [field('no')])],
    '"inner":{"id":"1","no":2}',
  ],
])('%j', (object, selections, json) => {
  expect(write(object, ...selections)).toBe(`{"__typename":"Box",${json}}`);
});

test.each([
  [{}, [field('id')]],
  [{ inner: {} }, [field('inner', [field('id')])]],
  [{ inner: 'x' }, [field('inner', [field('id')])]],
  [{ inners: [{ id: 1 }, {}] }, [field('inners', [field('id')])]],
])('an object that lacks a field cannot be asked for: %j', (object, selections) => {
  expect(write(object, ...selections)).toBeUndefined();
});

test('long integers are IDs with all their digits', () => {
  const raw = JSON.rawJSON('12345678901234567891');
  expect(write({ id: raw, any: raw }, field('id'), field('any'))).toBe(
    '{"__typename":"Box","id":"12345678901234567891","any":12345678901234567891}',
  );
});

test('rewrites and renamings apply at their place and type', () => {
  const writer = new RepresentationWriter(
    [on('Thing', field('__typename'), field('id')), on('Box', field('inner', [field('no')]))],
    {
      schema,
      rewrites: [
        { kind: 'ValueSetter', path: ['... on Thing', '__typename'], setValueTo: 'Thing' },
        { kind: 'KeyRenamer', path: ['... on Box', 'inner', 'no'], renameKeyTo: 'number' },
      ],
      renamings: { names: new Map([['id', 'key']]), below: new Map() },
      keys: new Map([['Thing', [['other'], ['key']]]]),
    },
  );
  expect(writer.write({ __typename: 'Box', id: 'a', inner: { no: 1 } })).toBe(
    '{"__typename":"Thing","key":"a","inner":{"number":1}}',
  );
  expect(writer.write({ __typename: 'Ball', id: 'b' })).toBe('{"__typename":"Thing","key":"b"}');
});

test('an object without any key of the type that is sent is not written', () => {
  const selections = [on('Box', field('__typename'), field('id')), on('Thing', field('__typename'))];
  const writer = new RepresentationWriter(selections, {
    ...naming,
    rewrites: [{ kind: 'ValueSetter', path: ['... on Thing', '__typename'], setValueTo: 'Thing' }],
    keys: new Map([['Thing', [['id']]]]),
  });
  expect(writer.write({ __typename: 'Box', id: 'a' })).toBe('{"__typename":"Thing","id":"a"}');
  expect(writer.write({ __typename: 'Ball', id: 'b' })).toBe('{}');
});
