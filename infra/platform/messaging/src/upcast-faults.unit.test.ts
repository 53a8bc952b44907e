import { type EventDefinition, event } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { upcastFaults } from './upcast-faults.fixture.ts';

const sample = (version: number, data: object) => ({
  file: `GateOpened.v${version}.json`,
  json: JSON.stringify({
    specversion: '1.0',
    id: `e${version}`,
    source: '/airline/flight',
    type: 'GateOpened',
    subject: 'g1',
    time: '2024-11-21T00:00:00.000Z',
    dataschema: `/airline/events/GateOpened/${version}`,
    data,
  }),
});
const samples = [sample(1, { gateId: 'g1', floor: 2 }), sample(2, { gateId: 'g1', level: 2, note: '' })];
type Upcaster = EventDefinition['upcasters'][number];
const faultsOf = (upcaster: Upcaster, of = samples) => {
  const shape = { gateId: z.string(), level: z.number(), note: z.string().default('') };
  return upcastFaults(of, { GateOpened: event(2, 'gateId', shape, { 1: upcaster }) });
};

test('an upcaster that renames a field and spreads the rest has no faults', () => {
  expect(faultsOf(({ floor, ...rest }) => ({ ...rest, level: floor }))).toEqual([]);
});

test('an upcaster may set the default of its version, before the rest or where there is none', () => {
  expect(faultsOf(({ floor, ...rest }) => ({ note: '', ...rest, level: floor }))).toEqual([]);
  expect(faultsOf(({ floor, note, ...rest }) => ({ ...rest, level: floor, note: note ?? '' }))).toEqual([]);
});

test('an upcaster may drop a field, and take others than it had', () => {
  const upcaster: Upcaster = ({ floor: _, ...rest }) => ({ ...rest, level: 0 });
  expect(faultsOf(upcaster, samples.slice(0, 1))).toEqual([]);
});

test('an upcaster may refuse a value that the event never had', () => {
  const upcaster: Upcaster = ({ floor, ...rest }) => {
    if (floor !== 2) throw new Error(`There is no floor ${floor}.`);
    return { ...rest, level: floor };
  };
  expect(faultsOf(upcaster)).toEqual([]);
});

test.each<[string, Upcaster, string]>([
  [
    'makes another event than the newer sample',
    ({ floor, ...rest }) => ({ ...rest, level: Number(floor) + 1 }),
    'GateOpened.v2.json is not the event of GateOpened.v1.json, upcast',
  ],
  [
    'drops what it does not name',
    ({ gateId, floor }) => ({ gateId, level: floor }),
    'GateOpened from version 1 drops fields',
  ],
  [
    'writes what it renames as the constant of the sample',
    ({ floor: _, ...rest }) => ({ ...rest, level: 2 }),
    'writes what GateOpened.v1.json has in `floor` as a constant',
  ],
  [
    'writes what it keeps as the constant of the sample',
    ({ floor, ...rest }) => ({ ...rest, level: floor, gateId: 'g1' }),
    'writes what GateOpened.v1.json has in `gateId` as a constant',
  ],
  [
    'writes the default over what other events have',
    ({ floor, ...rest }) => ({ ...rest, level: floor, note: '' }),
    'resets `note`, which GateOpened.v1.json lacks',
  ],
])('an upcaster that %s is at fault', (_, upcaster, fault) => {
  expect(faultsOf(upcaster)).toEqual([expect.stringContaining(fault)]);
});

test.each<[string, () => number]>([
  ['the time', () => Date.now()],
  ['chance', () => Math.round(Math.random())],
])('an upcaster that takes %s is at fault', (_, level) => {
  expect(faultsOf(({ floor: _, ...rest }) => ({ ...rest, level: level() }), samples.slice(0, 1))).toEqual([
    expect.stringContaining('GateOpened.v1.json is read differently at another time'),
  ]);
});
