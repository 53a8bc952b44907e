import type { DomainEvent, EventDefinition } from '@airline/schema/events';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEncoder, decode, InvalidEventError } from './envelope.ts';

const encode = createEncoder({
  source: 'payment',
  newId: () => '01935000-0000-7000-8000-000000000001',
  now: () => new Date('2024-11-21T10:00:00.123Z'),
});

const paid: DomainEvent<'Paid'> = {
  type: 'Paid',
  data: { paymentId: 'p1', reservationId: 'r1', customerId: 'c1', cost: 300, currency: 'KRW' },
};
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

/** The envelope of `paid` with some of its attributes changed; undefined leaves one out. */
const changed = (attributes: object) => JSON.stringify({ ...JSON.parse(encode(paid)), ...attributes });

describe('an envelope', () => {
  test('is a CloudEvent 1.0', () => {
    expect(JSON.parse(encode(paid, traceparent))).toEqual({
      specversion: '1.0',
      id: '01935000-0000-7000-8000-000000000001',
      source: '/airline/payment',
      type: 'Paid',
      subject: 'p1',
      time: '2024-11-21T10:00:00.123Z',
      datacontenttype: 'application/json',
      dataschema: '/airline/events/Paid/1',
      traceparent,
      data: paid.data,
    });
  });

  test('decodes to what was encoded', () => {
    const event = {
      id: '01935000-0000-7000-8000-000000000001',
      type: 'Paid',
      source: 'payment',
      subject: 'p1',
      time: '2024-11-21T10:00:00.123Z',
      data: paid.data,
    };
    expect(decode(encode(paid))).toEqual(event);
    expect(decode(encode(paid, traceparent))).toEqual({ ...event, traceparent });
  });

  test('is not made of data that the schema refuses', () => {
    expect(() => encode({ ...paid, data: { ...paid.data, cost: -1 } })).toThrow(/cost/);
    expect(() => encode({ ...paid, data: {} } as DomainEvent)).toThrow(/paymentId/);
  });

  test('is read with attributes that it does not know, as CloudEvents allows', () => {
    expect(decode(changed({ partitionkey: 'p1' })).id).toBe('01935000-0000-7000-8000-000000000001');
  });

  test.each<[string, string, RegExp]>([
    ['not JSON', '{"id":', /not JSON/],
    ['nothing', '', /not JSON/],
    ['no object', 'null', /envelope is not valid/],
    ['without an id', changed({ id: undefined }), /envelope is not valid.*id/s],
    ['with an empty id', changed({ id: '' }), /envelope is not valid.*id/s],
    ['of another specification', changed({ specversion: '0.3' }), /envelope is not valid.*specversion/s],
    ['without a time', changed({ time: 'yesterday' }), /envelope is not valid.*time/s],
    ['from elsewhere', changed({ source: '/railway/payment' }), /envelope is not valid.*source/s],
    ['from an unknown service', changed({ source: '/airline/catering' }), /"\/airline\/catering"/],
    ['of an unknown type', changed({ type: 'MealServed' }), /Unknown event type "MealServed"/],
    ['of a type that every object has', changed({ type: 'constructor' }), /Unknown event type "constructor"/],
    [
      'of a future version',
      changed({ dataschema: '/airline/events/Paid/2' }),
      /version 2 of Paid; known are 1 to 1/,
    ],
    ['of version 0', changed({ dataschema: '/airline/events/Paid/0' }), /version 0 of Paid/],
    ['of no version', changed({ dataschema: '/airline/events/Paid' }), /version NaN of Paid/],
    [
      'with wrong data',
      changed({ data: { ...paid.data, cost: 'much' } }),
      /data of Paid is not valid.*cost/s,
    ],
    ['without data', changed({ data: undefined }), /not valid.*data/s],
    ['with U+0000', changed({ data: { ...paid.data, customerId: 'a\0' } }), /no database can hold/],
    ['with a lone surrogate', changed({ data: { ...paid.data, customerId: '\ud800' } }), /no database/],
    ['about what has none', changed({ subject: '\udc00' }), /no database can hold/],
  ])('is refused when it is %s', (_, json, reason) => {
    expect(() => decode(json)).toThrow(InvalidEventError);
    expect(() => decode(json)).toThrow(reason);
  });
});

describe('data of an older version', () => {
  // Version 1 had a name, version 2 two of them, version 3 has them in one field again, which is called otherwise.
  const upcasters: EventDefinition['upcasters'] = {
    1: (data) => {
      const [first, last] = (data as { name: string }).name.split(' ');
      return { first, last };
    },
    2: (data) => {
      const { first, last } = data as { first: string; last: string };
      return { paymentId: `${last}, ${first}` };
    },
  };
  const definition = {
    version: 3,
    subject: 'paymentId',
    data: z.object({ paymentId: z.string() }),
    upcasters,
  };
  const of = (version: number, data: unknown) =>
    changed({ dataschema: `/airline/events/Paid/${version}`, data });

  test.each([
    [1, { name: 'Ada Byron' }],
    [2, { first: 'Ada', last: 'Byron' }],
    [3, { paymentId: 'Byron, Ada' }],
  ])('is upcast: version %i', (version, data) => {
    expect(decode(of(version, data), { Paid: definition }).data).toEqual({ paymentId: 'Byron, Ada' });
  });

  test.each<[string, string, EventDefinition['upcasters'], RegExp]>([
    ['has no upcaster', of(1, { name: 'Ada Byron' }), {}, /no upcaster from version 1/],
    ['lacks a further upcaster', of(1, { name: 'A B' }), { 1: (data) => data }, /no upcaster from version 2/],
    ['makes its upcaster throw', of(1, {}), upcasters, /upcaster of Paid from version 1 failed: TypeError/],
    ['is no object', of(1, null), upcasters, /data of Paid is not valid.*expected record/s],
    ['does not fit when it is upcast', of(2, {}), { 2: () => ({}) }, /data of Paid is not valid.*paymentId/s],
    ['is newer', of(4, {}), upcasters, /version 4 of Paid; known are 1 to 3/],
  ])('is refused when it %s', (_, json, broken, reason) => {
    const definitions = { Paid: { ...definition, upcasters: broken } };
    expect(() => decode(json, definitions)).toThrow(InvalidEventError);
    expect(() => decode(json, definitions)).toThrow(reason);
  });
});
