import { expect, test } from 'vitest';
import { watched } from './watched.ts';

interface Pod {
  readonly spec: { readonly image: string; readonly extra?: { readonly deep: number } };
  readonly labels: Readonly<Record<string, string>>;
  readonly list: readonly { readonly name: string; readonly other?: number }[];
}

const pod: Pod = { spec: { image: 'a' }, labels: { 'a/b': 'c' }, list: [{ name: 'x', other: 1 }] };

test('names the fields that were not read, at any depth', () => {
  const { object, unread } = watched(pod);
  const { spec, list } = object;
  expect(spec.image).toBe('a');
  expect(list[0]?.name).toBe('x');
  expect(unread()).toEqual(['/labels', '/list/0/other']);
});

test('leaves objects open of which no field was read', () => {
  const { object, unread } = watched(pod);
  const { spec, labels, list } = object;
  expect([spec, labels, list]).toHaveLength(3);
  expect(unread()).toEqual([]);
});

test('writes keys as JSON pointers do', () => {
  const { object, unread } = watched(pod);
  expect(object.labels.missing).toBeUndefined();
  expect(unread()).toContain('/labels/a~1b');
});
