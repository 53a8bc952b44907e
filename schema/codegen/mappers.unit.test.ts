import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { mappersOf } from './mappers.ts';

const TABLES = `
  export const gate = table('gate', {});
export type GateRow = Row<typeof gate>;
export interface SlotRow { id: string }
type HiddenRow = GateRow;
`;

describe('mappersOf', () => {
  test.each<[string, string, Record<string, string>]>([
    ['a row that the tables export', 'type Gate { id: ID! }', { Gate: '../store/tables.ts#GateRow' }],
    [
      'the row of an entity, not its reference',
      'type Slot @key(fields: "id") { id: ID! }',
      { Slot: '../store/tables.ts#SlotRow' },
    ],
    [
      'a page of rows',
      'type GateConnection { nodes: [Int!]! }',
      { GateConnection: '@airline/service#Connection<GateRow>' },
    ],
    [
      'the reference of an entity by its first key',
      'type Leg @key(fields: "id carrier { code }") @key(fields: "no") { id: ID! no: Int! }',
      { Leg: "Pick<Leg, 'id' | 'carrier'>" },
    ],
    ['the type as it is, without a row or a key', 'type Hidden { id: ID! } input GateInput { id: ID! }', {}],
  ])('maps to %s', (_, sdl, mappers) => {
    expect(mappersOf(parse(sdl), TABLES)).toEqual(mappers);
  });
});
