import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Tree } from '../tree.ts';
import { RepresentationWriter } from './representation-writer.ts';
import { Representations } from './representations.ts';

const schema = buildSchema(`
  type Query { box: Box }
  type Box { id: ID, no: Int, inner: Box }
  type Ball { id: ID }
`);
const naming = { schema, rewrites: [], renamings: undefined, keys: undefined };
const name = (of: string) => ({ kind: 'Field' as const, name: of });
const writerOf = (...keys: string[]) =>
  new RepresentationWriter([name('__typename'), ...keys.map(name)], naming);

/** The index of each object, and what is asked for. */
function ask(objects: readonly Tree[], ...writers: RepresentationWriter[]) {
  const all = new Representations();
  const indexes = writers.map((writer) => objects.map(all.of(writer)));
  expect(JSON.parse(`[${all.json}]`)).toHaveLength(all.count);
  return { indexes, json: all.json };
}

const box = (id: unknown): Tree => ({ __typename: 'Box', id });

test('an entity is asked for once, by whichever writer, and however its id is kept', () => {
  const { indexes, json } = ask([box('1'), box('2'), box('1'), box(1)], writerOf('id'), writerOf('id'));
  expect(indexes).toEqual([
    [0, 1, 0, 0],
    [0, 1, 0, 0],
  ]);
  expect(json).toBe('{"__typename":"Box","id":"1"},{"__typename":"Box","id":"2"}');
});

test('one of another type, or with another part of its key, is another', () => {
  expect(ask([box('1'), { __typename: 'Ball', id: '1' }, box('1')], writerOf('id')).indexes).toEqual([
    [0, 1, 0],
  ]);
  const both = [1, 2, 1].map((no) => ({ ...box('1'), no }));
  expect(ask(both, writerOf('id', 'no')).indexes).toEqual([[0, 1, 0]]);
});

test('one without its key cannot be asked for, nor takes it the place of another', () => {
  const without = { __typename: 'Box' };
  expect(ask([without, box('1'), without], writerOf('id')).indexes).toEqual([[undefined, 0, undefined]]);
});
