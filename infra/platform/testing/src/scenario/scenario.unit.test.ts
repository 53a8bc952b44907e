import { int, key, table } from '@airline/database';
import type { DomainEvent } from '@airline/schema/events';
import { describe, expect, test } from 'vitest';
import { happened, scenarios } from './index.ts';

type Counting = {
  readonly counter: { readonly id: string; readonly count: number };
};

const { given } = scenarios<Counting>({ counter: table('counter', { id: key(), count: int() }) });

const refunded: DomainEvent = {
  type: 'PaymentRefunded',
  data: { paymentId: 'p', reservationId: 'r', customerId: 'c', cost: 1, currency: 'KRW' },
};

const add = (id: string, by: number) => ({
  keys: { counter: id },
  decide: ({ counter }: Partial<Counting>) => {
    const count = (counter?.count ?? 0) + by;
    return { write: { counter: { id, count } }, publish: [refunded], result: count };
  },
});

const raise = (id: string, by: number) => ({
  keys: {},
  decide: () => ({ add: { counter: { id, count: by } } }),
});

const nothing = { keys: {}, decide: () => ({}) };

describe('a scenario', () => {
  test('finds rows by the keys of a decision, and continues from what it wrote', () => {
    given({
      counter: [
        { id: 'a', count: 1 },
        { id: 'b', count: 5 },
      ],
    })
      .when(add('a', 2), add('c', 1))
      .thenHolds({
        counter: [
          { id: 'c', count: 1 },
          { id: 'b', count: 5 },
          { id: 'a', count: 3 },
        ],
      })
      .when(add('a', 1))
      .thenReturns(4)
      .thenPublished(refunded, refunded, refunded)
      .when(nothing)
      .thenNothing();
  });

  test.each<[string, () => unknown]>([
    [
      'another row',
      () =>
        given()
          .when(add('a', 1))
          .thenHolds({ counter: [{ id: 'a', count: 2 }] }),
    ],
    ['a row too many', () => given().when(add('a', 1)).thenHolds({})],
    ['an event too few', () => given().when(add('a', 1)).thenPublished()],
    ['another result', () => given().when(add('a', 1)).thenReturns(2)],
    ['a change', () => given().when(add('a', 1)).thenNothing()],
  ])('fails on %s', (_what, check) => {
    expect(check).toThrow();
  });

  test('adds numbers to those of a row that the decision has not found', () => {
    given({ counter: [{ id: 'a', count: 1 }] })
      .when(raise('a', 2), raise('b', 5))
      .thenHolds({
        counter: [
          { id: 'a', count: 3 },
          { id: 'b', count: 5 },
        ],
      });
  });

  test('fails on a decision that changes a row in place', () => {
    const decide = ({ counter }: Partial<Counting>) => ({
      write: { counter: Object.assign(counter ?? {}, { count: 2 }) },
    });
    const changed = { keys: { counter: 'a' }, decide: decide as ReturnType<typeof add>['decide'] };
    expect(() => given({ counter: [{ id: 'a', count: 1 }] }).when(changed)).toThrow(/read only/);
  });

  test('fails on a decision that depends on more than its rows', () => {
    let count = 0;
    const moody = { keys: {}, decide: () => ({ write: { counter: { id: 'a', count: ++count } } }) };
    expect(() => given().when(moody)).toThrow(/the same rows, the same decision/);
  });

  test.each([
    ['the clock', () => new Date().toISOString().slice(0, 10)],
    ['the clock in milliseconds', () => String(Date.now() > Date.parse('2024-11-21'))],
    ['the clock as text', () => Date()],
    ['chance', () => String(Math.random() < 0.99)],
  ])('fails on a decision that a function gives %s', (_what, taken) => {
    const impure = { keys: {}, decide: () => ({ write: { counter: { id: taken(), count: 1 } } }) };
    expect(() => given().when(impure)).toThrow(/whatever the clock says and Math.random returns/);
  });

  test('leaves the clock and chance as they were, also after a decision that throws', () => {
    const { Date: clock } = globalThis;
    const { random } = Math;
    const decide = () => {
      throw new Error('broken');
    };
    expect(() => given().when({ keys: {}, decide })).toThrow('broken');
    expect([Date, Math.random]).toEqual([clock, random]);
  });

  test('lets a decision reckon with an instant of an event', () => {
    const decide = () => {
      const next = new Date(Date.parse('2024-11-21T10:00:00.000Z') + 1);
      return { write: { counter: { id: next.toISOString(), count: next instanceof Date ? 1 : 0 } } };
    };
    given()
      .when({ keys: {}, decide })
      .thenHolds({ counter: [{ id: '2024-11-21T10:00:00.001Z', count: 1 }] });
  });

  test.each([
    ['names another key', { keys: { counter: 'b' } }, /another row of counter than its keys name/],
    ['names no key', { keys: {} }, /replaces a row of counter, which its keys do not name/],
  ])('fails on a decision that replaces a row and %s', (_what, keys, reason) => {
    const before = given({ counter: [{ id: 'a', count: 1 }] });
    expect(() => before.when({ ...add('a', 2), ...keys })).toThrow(reason);
  });

  test.each([
    ['too little', { paymentId: 'p' }],
    ['too much', { ...refunded.data, customer: 'c' }],
  ])('fails on an event that carries %s', (_what, data) => {
    const wrong = { ...refunded, data } as DomainEvent;
    expect(() => given().when({ keys: {}, decide: () => ({ publish: [wrong] }) })).toThrow();
  });

  test('creates an event with its publisher and its subject', () => {
    const data = { paymentId: 'p', reservationId: 'r', customerId: 'c', cost: 1, currency: 'KRW' };
    expect(happened('Paid', data, { time: '2024-11-21T10:00:00.001Z' })).toEqual({
      id: 'Paid/p',
      type: 'Paid',
      source: 'payment',
      subject: 'p',
      time: '2024-11-21T10:00:00.001Z',
      data,
    });
  });
});
