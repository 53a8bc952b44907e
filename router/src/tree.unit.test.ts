import { expect, test } from 'vitest';
import { copy, merge, type Tree } from './tree.ts';

const merged = (target: Tree, source: Tree) => {
  merge(target, source);
  return target;
};
const big = () => JSON.rawJSON('12345678901234567891');

test('objects merge field by field, lists of one length element by element', () => {
  const target = { a: { x: 1 }, l: [{ x: 1 }, null, [{ x: 1 }]], keep: 1 };
  expect(merged(target, { a: { y: 2 }, l: [{ y: 2 }, { y: 2 }, [{ y: 2 }]], n: 3 })).toEqual({
    a: { x: 1, y: 2 },
    l: [{ x: 1, y: 2 }, { y: 2 }, [{ x: 1, y: 2 }]],
    keep: 1,
    n: 3,
  });
});

test.each([
  [{ a: { x: 1 } }, { a: [1] }],
  [{ a: [1] }, { a: { x: 1 } }],
  [{ a: [1, 2] }, { a: [1] }],
  [{ a: { x: 1 } }, { a: null }],
  [{ a: 'text' }, { a: { x: 1 } }],
])('of what is not alike, the newer stays: %j, %j', (target, source) => {
  expect(merged({ ...target }, source)).toEqual(source);
});

test('a long integer is one value', () => {
  const text = JSON.stringify({ a: big(), b: big(), l: [big()] });
  expect(
    JSON.stringify(merged({ a: big(), b: { x: 1 }, l: [big()] }, { a: big(), b: big(), l: [big()] })),
  ).toBe(text);
  expect(JSON.stringify(copy({ a: big(), b: big(), l: [big()] }))).toBe(text);
});

test('`__proto__` is no field', () => {
  const target = merged({}, JSON.parse('{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}}}'));
  expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  expect(Object.keys(target)).toEqual(['a']);
});

test('a copy has `__proto__` where it is a key of JSON, and nowhere else', () => {
  const text = '{"__proto__":{"polluted":1},"a":[{"__proto__":null}]}';
  const copied = copy(JSON.parse(text));
  expect(JSON.stringify(copied)).toBe(text);
  expect(Object.getPrototypeOf(copied)).toBe(Object.prototype);
  expect(copied.polluted).toBeUndefined();
});

test('a copy shares nothing', () => {
  const source = { a: { b: [{ c: 1 }] } };
  merge(copy(source), { a: { b: [{ c: 2 }] } });
  expect(source).toEqual({ a: { b: [{ c: 1 }] } });
});

test.each([false, true])('a type is not replaced by one that says less (adds: %s)', (adds) => {
  const isVague = (name: unknown) => name === 'Seat';
  const both = [{ __typename: 'Aisle' }, { __typename: 'Seat' }, { __typename: 'Seat' }];
  const target: Tree = { l: structuredClone(both), o: { __typename: 'Aisle' } };
  merge(target, { l: both.toReversed(), o: { __typename: 'Window' } }, adds, isVague);
  expect(target).toEqual({
    l: [{ __typename: 'Aisle' }, { __typename: 'Seat' }, { __typename: 'Aisle' }],
    o: { __typename: adds ? 'Aisle' : 'Window' },
  });
});

test('what only adds replaces nothing, wherever it is', () => {
  const known = () => ({ n: null, s: 1, o: { x: 1 }, l: [{ x: 1 }, null, { x: 3 }], short: [1], big: big() });
  const target: Tree = known();
  merge(
    target,
    { n: { y: 1 }, s: 2, o: null, l: [{ x: 9, y: 1 }, { y: 2 }, null], short: [1, 2], big: 1, more: 1 },
    true,
  );
  expect(target).toEqual({ ...known(), l: [{ x: 1, y: 1 }, null, { x: 3 }], more: 1 });
});
