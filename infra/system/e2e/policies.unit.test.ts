import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { decode, policyOf } from '@airline/messaging';
import { type EventDefinition, events, type Service } from '@airline/schema/events';
import type { Subgraph } from '@airline/service';
import { present } from '@airline/testing';
import { eachAgain, everyOrder, scenarios } from '@airline/testing/scenario';
import { expect, test } from 'vitest';
import { markOf, reservationIds, rowsOf, type World } from './ownership/world.ts';

const subgraphs = await loadSubgraphs();

const SAMPLES = join(import.meta.dirname, '../../../schema/events/samples');
type Event = ReturnType<typeof decode>;

/** Two reservations of a customer as they are placed; by them the subgraphs have rows that the events fit. */
const PLACED: World[number] = { owner: 'kim', status: 'PENDING', payment: undefined, key: false, steps: [] };
const [RESERVATION = '', ANOTHER = ''] = reservationIds;

const samples = readdirSync(SAMPLES)
  .map((file) => of(RESERVATION, decode(readFileSync(join(SAMPLES, file), 'utf8'))))
  .toSorted((a, b) => (a.time < b.time ? -1 : 1));

test.each(subgraphs)(
  'every policy of $name is registered, since no event reaches another',
  async (subgraph) => {
    const folder = join(import.meta.dirname, '../../../subgraphs', subgraph.name, 'src/policies');
    const files = globSync('when-*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
    const registered = new Set<unknown>(Object.values(subgraph.policies));
    const modules = await Promise.all(files.map((file) => import(join(folder, file))));
    const unregistered = files.filter(
      (_, index) => !Object.values(modules[index]).some((exported) => registered.has(exported)),
    );
    expect(files).not.toEqual([]);
    expect(unregistered).toEqual([]);
  },
);

test.each(subgraphs)(
  'every policy of $name changes nothing when its event comes again, since the inbox forgets',
  (subgraph) => {
    const reactions = reactionsOf(subgraph, samples);
    expect(reactions).not.toEqual([]);
    for (const before of beginnings(subgraph)) eachAgain(before, reactions);
  },
);

test.each(
  subgraphs.flatMap((subgraph) =>
    Object.keys(subgraph.policies).map((type) => ({ name: subgraph.name, type, subgraph })),
  ),
)(
  'the policy of $name for $type ends the same for two of one customer in either order, and when the first of them comes again',
  ({ type, subgraph }) => {
    const event = present(
      samples.find((sample) => sample.type === type),
      `a sample of ${type}`,
    );
    const reactions = reactionsOf(subgraph, ofBoth(event));
    expect(reactions).toHaveLength(2);
    const earlier = samples.filter(({ type, time }) => WHOLE.includes(type) && time < event.time);
    for (const before of beginnings(subgraph)) {
      everyOrder(before, reactions, 'ROWS');
      everyOrder(before.when(...reactionsOf(subgraph, earlier.flatMap(ofBoth))), reactions, 'ROWS');
    }
  },
);

/** A reservation that its customer cancels in the end. */
const HISTORY = ['ReservationPlaced', 'RemainingSeatsDecreased', 'Paid', 'ReservationSucceeded'];
const WHOLE = [...HISTORY, 'ReservationCanceled'];

/**
 * What these have left of a cancellation that came first, a tombstone, is less than what they would have done and undone.
 * The tests of their policies say what.
 */
const LEAVE_TOMBSTONES: readonly Service[] = ['flight', 'payment'];

test.each(subgraphs)(
  'the policies of $name end with the same rows in whichever order the events of a reservation can come',
  (subgraph) => {
    const types = LEAVE_TOMBSTONES.includes(subgraph.name) ? HISTORY : WHOLE;
    const history = samples.filter(({ type }) => types.includes(type));
    expect(history).toHaveLength(types.length);
    // What an event of its own leads to comes after what has led to that.
    const own = Math.max(
      0,
      history.findIndex(({ source }) => source === subgraph.name),
    );
    for (const before of beginnings(subgraph)) {
      const after = everyOrder(before, reactionsOf(subgraph, history.slice(0, own)), 'ROWS');
      everyOrder(after, reactionsOf(subgraph, history.slice(own)), 'ROWS');
    }
  },
);

/** No rows, and those that the subgraph has of the reservations: without them most policies do nothing. */
function beginnings({ name, tables }: Subgraph) {
  const { given } = scenarios(tables);
  const rows = rowsOf(name, [PLACED, PLACED]);
  return [given(), given(rows)];
}

/** The event, of a reservation among the rows; a payment has the id of its reservation. */
function of(reservationId: string, event: Event): Event {
  const { data: schema, subject }: EventDefinition = events[event.type];
  const ids = {
    reservationId,
    paymentId: reservationId,
    customerId: PLACED.owner,
    flightId: `f${markOf(PLACED.owner)}`,
  };
  // The schema drops the ids that the event does not have.
  const data = schema.parse({ ...event.data, ...ids }) as Readonly<Record<string, unknown>>;
  return { ...event, subject: data[subject], data } as Event;
}

/** The event, and one of another reservation of its customer and flight: a second later, with other numbers, days and texts. */
function ofBoth(event: Event): Event[] {
  const { data: schema }: EventDefinition = events[event.type];
  const data = Object.fromEntries(
    Object.entries(event.data).map(([field, value]) => {
      const other = otherThan(value);
      return [field, schema.safeParse({ ...event.data, [field]: other }).success ? other : value];
    }),
  );
  const time = new Date(Date.parse(event.time) + 1000).toISOString();
  return [event, of(ANOTHER, { ...event, id: `another ${event.id}`, time, data } as Event)];
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return value;
  const later = value.replace(/^\d{4}-\d\d-\d\d/, (day) =>
    new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, day.length),
  );
  return later === value ? `another ${value}` : later;
}

function reactionsOf({ policies }: Subgraph, happened: readonly Event[]) {
  return happened.flatMap((event) => policyOf(policies, event)?.(event) ?? []);
}
