import { isDeepStrictEqual } from 'node:util';
import { type PublishedEvent, type Service, services, subgraphs } from '@airline/schema/events';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import type { Subgraph } from '@airline/service';
import { present } from '@airline/testing';
import { GraphQLString } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { type Effect, effectsOf } from '../mutation-inputs/effects.ts';
import { commandsOf, type Mutation, mutationsOf, samplesOf } from '../mutation-inputs/mutations.ts';
import { subgraphs as all, beginnings, publishedData, reactionsOf, samples } from '../sample-events.ts';
import { openServices } from './four-services.ts';
import { run, type Step } from './schedule.ts';
import type { Booking, World } from './world.ts';

const saga = openServices();
afterAll(() => saga.close());

const booking: Booking = {
  customer: 1,
  flight: 0,
  seatQty: 3,
  late: false,
  chargeResult: 'PAID',
  keyed: false,
};
const flight = { capacity: 5, cost: 200_000 };

/** As in the samples: one is paid, and canceled afterwards; one is declined, and one finds too few seats. A flight changes. */
const world: World = {
  flights: [flight, flight, { ...flight, cost: 100 }],
  bookings: [
    booking,
    { ...booking, customer: 2, flight: 1, chargeResult: 'DECLINED' },
    { ...booking, customer: 0 },
  ],
  cancellations: [0],
  changes: [{ flight: 2, cost: flight.cost }],
  expiry: false,
};

/** All are placed and settle before anything else. */
const settle: readonly Step['kind'][] = [
  ...world.bookings.map(() => 'command' as const),
  ...Array.from({ length: 30 }, () => ['deliver', 'settle', 'respond'] as const).flat(),
];

const eventsOf = (name: Service) => {
  const { events, unpublished = [] }: { events: object; unpublished?: readonly string[] } = subgraphs[name];
  return Object.keys(events).filter((type) => !unpublished.includes(type));
};

/** Those of its own SDL; operators' are `@airline/service`'s. */
const ownMutations = services.flatMap((name) => {
  const { replay, drop } = deadLetterFieldNames(name);
  return mutationsOf(name).filter((mutation) => mutation.name !== replay && mutation.name !== drop);
});

/** What has come of each mutation, sent as its subgraph's fixture has it. */
const carriedOut = (mutation: Mutation) => effectsOf(mutation, commandsOf(mutation));

const isDone = ({ rows, types }: Effect) => rows.length > 0 || types.length > 0;

test.each(ownMutations)('$name does something, as the fixture of $service has it', async (mutation) => {
  expect(
    (await carriedOut(mutation)).some(isDone),
    `it changes no row and publishes nothing: add arguments that fit \`rowsOf\` to \`values\` of subgraphs/${mutation.service}/src/ownership.fixture.ts`,
  ).toBe(true);
});

test('control: a mutation that is sent with what no row fits, and one for which there are no values, are named', async () => {
  const update = present(
    ownMutations.find(({ name }) => name === 'updateFlight'),
    'updateFlight',
  );
  expect((await effectsOf(update, [{ input: { id: 'none', cost: 8 } }])).some(isDone)).toBe(false);
  expect(() => samplesOf('flight', { name: 'gate', type: GraphQLString })).toThrow(
    'There is no value of "gate": add valid ones to `values` of subgraphs/flight/src/ownership.fixture.ts',
  );
});

/** What a subgraph publishes on its mutations, and by its policies on the samples of all events. */
async function publishedBy(subgraph: Subgraph): Promise<string[]> {
  const own = ownMutations.filter(({ service }) => service === subgraph.name);
  const effects = await Promise.all(own.map(carriedOut));
  return [
    ...effects.flat().flatMap(({ types }) => types),
    ...publishedByPolicies(subgraph).map(({ type }) => type),
  ];
}

/** What its policies publish on the samples of all events. */
const publishedByPolicies = (subgraph: Subgraph) =>
  beginnings(subgraph).flatMap((before) => before.when(...reactionsOf(subgraph, samples)).published);

test('control: what a subgraph publishes on its own mutations is seen, and what it does by its policies', async () => {
  const flight = present(
    all.find(({ name }) => name === 'flight'),
    'flight',
  );
  const published = await publishedBy(flight);
  expect(published).toEqual(expect.arrayContaining(['FlightUpdated', 'RemainingSeatsDecreased']));
});

/** The events of the booking that the samples tell of. */
const happenings = async () => {
  const steps = settle.map((kind) => ({ kind, which: 0 }));
  return (await run(saga, world, steps)).network.published();
};

// That its type stands in a source proves little: nobody may call that.
test('the services publish each of their events, but for those that are said to be unpublished', async () => {
  const others = await Promise.all(all.map(publishedBy));
  const published = new Set<string>([...(await happenings()).map(({ type }) => type), ...others.flat()]);
  expect(
    [...published].sort(),
    'what is expected and not published needs a decision that publishes it and the mutation or policy that makes that decision, or ' +
      'a worker, done here by `world`, or it is `unpublished` in schema/subgraphs.ts; what is published and not expected is to be ' +
      'taken out there',
  ).toEqual(services.flatMap(eventsOf).sort());
});

/** What does not depend on who books, where and when. */
const factsOf = (data: object) =>
  Object.fromEntries(Object.entries(data).filter(([field]) => !/(Id|At|Date)$/.test(field)));

/** The types whose newest sample says otherwise than what the services publish where the same happens. */
async function otherwise(samples: ReadonlyMap<string, object>): Promise<string[]> {
  const published = [...(await happenings()), ...all.flatMap(publishedByPolicies)];
  const happened = Map.groupBy(published, ({ type }) => type);
  return [...happened].flatMap(([type, events]) => {
    const facts = Object.entries(factsOf(samples.get(type) ?? {}));
    const isSame = ({ data }: Pick<PublishedEvent, 'data'>) =>
      facts.every(([field, value]) =>
        isDeepStrictEqual(Object.entries(data).find(([name]) => name === field)?.[1], value),
      );
    return events.some(isSame) ? [] : [type];
  });
}

// An upcaster and the sample that it leads to are compared with each other, and may be wrong alike.
test('the newest sample of each event says what the services publish where the same happens', async () => {
  expect(
    await otherwise(publishedData),
    'correct the sample and the upcaster that leads to it, or the decision that publishes it; of a new event, `world` and the sample are to be of one happening',
  ).toEqual([]);
});

test.each(['Paid', 'RemainingSeatsDecreased'])(
  'control: a sample of %s that says otherwise is named',
  async (type) => {
    const wrong = new Map(publishedData).set(type, { ...publishedData.get(type), cost: 1, seatQty: 99 });
    expect(await otherwise(wrong)).toContain(type);
  },
);
