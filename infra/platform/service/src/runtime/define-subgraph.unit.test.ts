import { createEmbeddedTransport, type Policies } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { expect, test } from 'vitest';
import { defineSubgraph } from './define-subgraph.ts';
import { eventsWithoutPolicy, unhandledPublishers, unheardPolicies } from './listening.ts';
import { system } from './runtime.ts';

type Nothing = Record<never, never>;

const flightWith = (policies: Policies<Nothing>) =>
  defineSubgraph<Nothing, never>({
    name: 'flight',
    folder: import.meta.dirname,
    tables: {},
    policies,
    resolvers: {},
    start: () => ({ context: () => ({}) }),
  });

const policy = () => ({ keys: {}, decide: () => ({}) });

test('a policy for an event that the subgraph does not listen to is named, and refused at the start without a stack', async () => {
  const flight = flightWith({ ReservationPlaced: policy, Paid: policy });
  expect(unheardPolicies(flight)).toEqual([expect.stringMatching(/policies for Paid, .*`listensTo`/)]);
  expect(unheardPolicies(flightWith({ ReservationPlaced: policy }))).toEqual([]);
  const runtime = {
    ...system,
    logger: createLogger({ service: 'flight', level: 'silent' }),
    transport: createEmbeddedTransport(),
  };
  await expect(flight.start(flight.readConfig({}), runtime)).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('policies for Paid'),
  });
});

test('a publisher that the subgraph listens to without a policy is named', () => {
  expect(unhandledPublishers(flightWith({ Paid: policy }))).toEqual([
    expect.stringMatching(/listens to reservation and has no policy .*policies\/index.ts/),
  ]);
  expect(unhandledPublishers(flightWith({ ReservationCanceled: policy }))).toEqual([]);
});

test('an event that no subgraph handles is named, unless that is said', () => {
  const faults = eventsWithoutPolicy([{ policies: { ReservationPlaced: policy, FlightUpdated: policy } }]);
  expect(faults).toContain('FlightUpdated has a policy: take it out of `unhandled` in schema/subgraphs.ts.');
  expect(faults).toContainEqual(expect.stringMatching(/^No subgraph handles Paid: /));
  expect(faults.join()).not.toMatch(/ReservationPlaced|FlightRegistered/);
});
