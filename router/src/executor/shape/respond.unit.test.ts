import { everyone } from '@airline/service/server';
import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { operationOf } from '../../corrections/index.ts';
import { authorityOf } from '../../request.ts';
import type { Tree } from '../../tree.ts';
import { Weight } from '../../weight.ts';
import type { FetchError } from '../run.ts';
import { respond } from './respond.ts';
import { compileShape } from './shape.ts';

const schema = buildSchema(`
  type Query { a: String, need: String!, object: Object, objects: [Object!], grid: [[Object]!]!, thing: Thing, other: Other }
  type Object { x: Int, need: Int!, inner: Object, needed: Object! }
  union Thing = Object | Other
  type Other { x: [String], inner: Other }
`);
const shaped = (query: string, root: Tree, errors: readonly FetchError[] = []) => {
  const shape = compileShape(operationOf(parse(query)), {
    schema,
    fragments: new Map(),
    original: new Map([['client_id', 'id']]),
    variables: new Map(),
    deferred: [],
    denials: undefined,
    weight: new Weight(),
  });
  const run = {
    root,
    part: 0,
    errors: [...errors],
    variables: {},
    context: { forwarded: {}, authority: authorityOf(everyone) },
    withoutEntity: new Map<Tree, Set<string>>(),
  };
  const response = respond(shape, run);
  return {
    data: response.data,
    errors: (response.errors ?? []).map(({ message, path }) => [message, path?.join('.')]),
  };
};
const at = (path: (string | number)[], fields?: string[]): FetchError => ({
  message: 'failed',
  place: fields ? { path, fields } : { path },
  extensions: {},
});

describe('nulls', () => {
  test.each<[string, Tree, object | null, string[]]>([
    ['{a}', { a: null }, { a: null }, []],
    ['{a}', {}, { a: null }, ['a']],
    ['{a need}', { a: 'x', need: null }, null, ['need']],
    ['{object{x need}}', { object: { x: 1, need: null } }, { object: null }, ['object.need']],
    [
      '{object{inner{needed{need}}}}',
      { object: { inner: { needed: {} } } },
      { object: { inner: null } },
      ['object.inner.needed.need'],
    ],
    ['{objects{need}}', { objects: [{ need: 1 }, { need: null }] }, { objects: null }, ['objects.1.need']],
    ['{objects{x}}', { objects: [{ x: 1 }, null] }, { objects: null }, ['objects.1']],
    [
      '{grid{need}}',
      { grid: [[{ need: 1 }, {}], [null]] },
      { grid: [[{ need: 1 }, null], [null]] },
      ['grid.0.1.need'],
    ],
    ['{grid{x}}', { grid: [null] }, null, ['grid.0']],
    ['{object{x}}', { object: [] }, { object: null }, ['object']],
    ['{object{x}}', { object: 'x' }, { object: null }, ['object']],
    ['{client_id: a}', {}, { id: null }, ['id']],
  ])('%s over %j', (query, root, data, paths) => {
    const result = shaped(query, root);
    expect(result.data).toEqual(data);
    expect(result.errors.map(([, path]) => path)).toEqual(paths);
  });
});

describe('an error of a fetch', () => {
  test('explains all that becomes null with what it is at', () => {
    const errors = [at(['need'])];
    expect(shaped('{a need}', {}, errors)).toEqual({ data: null, errors: [['failed', 'need']] });
    expect(shaped('{objects{x} grid{x} need}', {}, errors).errors).toEqual([['failed', 'need']]);
    const objects = {
      objects: [
        { need: null, needed: {} },
        { need: 1, needed: { x: 1 } },
      ],
    };
    expect(shaped('{objects{need needed{need}}}', objects, [at(['objects', 0, 'needed', 'need'])])).toEqual({
      data: { objects: null },
      errors: [['failed', 'objects.0.needed.need']],
    });
  });

  test('explains no null beside it', () => {
    const root = { object: { need: null }, need: 'n' };
    expect(shaped('{object{need} a need}', root, [at(['a'])]).errors).toEqual([
      ['failed', 'a'],
      ['The value of Object.need must not be null.', 'object.need'],
    ]);
  });

  test('explains a null at its path or above it, not one below', () => {
    const root = { object: { inner: null }, objects: null };
    expect(shaped('{object{needed{x}}}', root, [at(['object', 'needed', 'x'])]).errors).toEqual([
      ['failed', 'object.needed.x'],
    ]);
    expect(shaped('{object{x}}', { object: {} }, [at(['object'])]).errors).toEqual([
      ['failed', 'object'],
      ['The value of Object.x could not be fetched.', 'object.x'],
    ]);
  });

  test('about fields is at those that are selected, or at their object', () => {
    const root = { objects: [{ x: null }] };
    const errors = (fields: string[]) =>
      shaped('{objects{y: x client_id: x}}', { objects: [{ y: null, client_id: null }] }, [
        at(['objects', 0], fields),
      ]).errors;
    expect(errors(['y', 'secret', 'client_id'])).toEqual([
      ['failed', 'objects.0.y'],
      ['failed', 'objects.0.id'],
    ]);
    expect(errors(['secret'])).toEqual([['failed', 'objects.0']]);
    expect(root).toEqual({ objects: [{ x: null }] });
  });

  test('about fields is at none that has a value', () => {
    const errors = [at(['grid', 0, 1], ['x', 'y'])];
    const grid = (y: number | null) => ({ grid: [[null, { x: 0, y }]] });
    expect(shaped('{grid{x y: x}}', grid(null), errors).errors).toEqual([['failed', 'grid.0.1.y']]);
    expect(shaped('{grid{x y: x}}', grid(1), errors).errors).toEqual([['failed', 'grid.0.1']]);
  });

  test('without a place, or of what is not selected, has no path', () => {
    const root = { a: 'x' };
    expect(
      shaped('{a}', root, [{ ...at([]), place: undefined }, at(['secret', 1]), at(['_entities'])]).errors,
    ).toEqual(Array(3).fill(['failed', undefined]));
  });

  test('is at its object where it is about a field that only objects of another type have', () => {
    const query = '{thing{... on Object{need inner{x}} ... on Other{x}}}';
    const errors = [at(['thing', 'inner', 'x']), at(['thing'], ['need', 'x'])];
    expect(shaped(query, { thing: { __typename: 'Other', x: null } }, errors).errors).toEqual([
      ['failed', 'thing'],
      ['failed', 'thing.x'],
    ]);
  });

  test('is at the list where it is beyond its end', () => {
    const query = '{objects{x} grid{x}}';
    const errors = [at(['objects', 1, 'x']), at(['grid', 0, -1])];
    expect(shaped(query, { objects: [{ x: null }], grid: [[null]] }, errors).errors).toEqual([
      ['failed', 'objects'],
      ['failed', 'grid.0'],
    ]);
    expect(shaped('{objects{x}}', { objects: null }, errors.slice(0, 1)).errors).toEqual([
      ['failed', 'objects.1.x'],
    ]);
  });

  test('is not at the name of a type', () => {
    const query = '{__typename a object{name: __typename x}}';
    const errors = [at([], ['__typename', 'a']), at(['object'], ['name']), at(['object', 'name'])];
    const root = { a: null, object: { x: 1 } };
    expect(shaped(query, root, errors.slice(0, 2)).errors).toEqual([
      ['failed', 'a'],
      ['failed', 'object'],
    ]);
    expect(shaped(query, root, errors.slice(2)).errors).toEqual([['failed', 'object']]);
  });

  test('is at a place once, however many fetches met it', () => {
    const other = { ...at(['a']), message: 'other' };
    const coded = { ...at(['a']), extensions: { code: 'NOT_FOUND' } };
    const errors = [at(['a']), other, at(['a']), coded, at([], ['a'])];
    expect(shaped('{a}', { a: null }, errors).errors).toEqual([
      ['failed', 'a'],
      ['other', 'a'],
      ['failed', 'a'],
    ]);
  });

  test('leads through the type of each object', () => {
    const query = '{thing{... on Object{inner{need}} ... on Other{inner{x}}}}';
    const root = (typename: string) => ({ thing: { __typename: typename, inner: { x: [null], need: 1 } } });
    expect(shaped(query, root('Other'), [at(['thing', 'inner', 'x', 0])]).errors).toEqual([
      ['failed', 'thing.inner.x.0'],
    ]);
    expect(shaped(query, root('Object'), [at(['thing', 'inner', 'x', 0])]).errors).toEqual([
      ['failed', 'thing.inner'],
    ]);
    expect(shaped(query, { thing: null }, [at(['thing', 'inner__alias_3', 'need'])]).errors).toEqual([
      ['failed', 'thing.inner.need'],
    ]);
  });
});
