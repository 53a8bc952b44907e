import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { textBytes, Weight } from '../weight.ts';
import { CheckedDocument } from './document.ts';
import { DocumentBudget } from './document-cache.ts';

const TEXTS = ['{ a }', '{ b }', '{ c }', '{ d }'] as const;
const document = (text: string) => new CheckedDocument(text, parse(text, { noLocation: true }));
const one = document(TEXTS[0]).weight.bytes;

describe('documents', () => {
  test('of which the least recently used are evicted stay within their budget', () => {
    const budget = new DocumentBudget(3 * one);
    const cache = budget.open();
    const [a, b, c, d] = TEXTS;
    for (const text of [a, b, c]) cache.add(document(text));
    expect(cache.get(a)?.text).toBe(a);
    cache.add(document(d));
    expect(TEXTS.filter((text) => cache.has(text))).toEqual([a, c, d]);
    expect(cache.recent().map(({ text }) => text)).toEqual([d, a, c]);
    expect(budget.bytes).toBe(3 * one);
  });

  test('that get heavier make room, and weigh nothing once they are evicted', () => {
    const budget = new DocumentBudget(3 * one);
    const cache = budget.open();
    const [first, second, third] = TEXTS.map(document);
    if (!first || !second || !third) return expect.unreachable();
    for (const each of [first, second, third]) cache.add(each);
    third.weight.add(1);
    expect([cache.has(first.text), cache.has(second.text), cache.has(third.text)]).toEqual([
      false,
      true,
      true,
    ]);
    first.weight.add(1_000_000);
    expect(budget.bytes).toBe(2 * one + 1);
    third.weight.add(1_000_000);
    expect([cache.size, cache.weight.bytes, budget.bytes]).toEqual([0, 0, 0]);
  });

  test('are found by their bare text, too, until they are evicted', () => {
    const [padded, more, bare] = ['{ a ,, }', '{ a , }', '{a}'] as const;
    const cache = new DocumentBudget(1_000_000).open();
    const [first, last] = [padded, more].map((text) => new CheckedDocument(text, parse(bare), bare));
    if (!first || !last) return expect.unreachable();
    cache.add(first);
    expect([cache.get(padded), cache.get(bare), cache.get(more)]).toEqual([first, first, undefined]);
    cache.add(last);
    expect(cache.get(bare)).toBe(last);
    cache.evict();
    expect([cache.has(padded), cache.get(bare)]).toEqual([false, last]);
    cache.evict();
    expect([cache.has(more), cache.has(bare), cache.size]).toEqual([false, false, 0]);
  });

  test('are added once', () => {
    const budget = new DocumentBudget(3 * one);
    const cache = budget.open();
    cache.add(document(TEXTS[0]));
    cache.add(document(TEXTS[0]));
    expect(budget.bytes).toBe(one);
  });

  test('of all supergraphs share a budget: those of the oldest go first, and all of them with it', () => {
    const budget = new DocumentBudget(3 * one);
    const [serving, next] = [budget.open(), budget.open()];
    const [a, b, c, d] = TEXTS;
    next.add(document(a));
    serving.add(document(b));
    serving.add(document(c));
    next.add(document(d));
    expect([serving.size, next.size]).toEqual([1, 2]);
    serving.close();
    expect([serving.size, budget.bytes]).toEqual([0, 2 * one]);
  });
});

test('a weight counts as part of what holds it, for as long as that does', () => {
  const [inner, outer, outermost] = [new Weight(), new Weight(), new Weight()];
  outer.moveTo(outermost);
  inner.add(3);
  inner.moveTo(outer);
  inner.add(4);
  expect(outermost.bytes).toBe(7);
  inner.moveTo(undefined);
  inner.add(1);
  expect([inner.bytes, outer.bytes, outermost.bytes]).toEqual([8, 0, 0]);
});

test('a text beyond Latin-1 takes two bytes a character', () => {
  expect(['é', '漢é', ''].map(textBytes)).toEqual([1, 4, 0]);
});
