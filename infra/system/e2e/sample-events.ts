import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { decode, policyOf } from '@airline/messaging';
import { type EventDefinition, events } from '@airline/schema/events';
import type { Subgraph } from '@airline/service';
import { present } from '@airline/testing';
import { scenarios } from '@airline/testing/scenario';
import { eventSchemas, valuesOf } from './event-schemas.ts';
import { markOf, reservationIds, rowsOf, type World } from './ownership/world.ts';

export type Event = ReturnType<typeof decode>;

export const subgraphs = await loadSubgraphs();

/** Two reservations of a customer as they are placed; by them the subgraphs have rows that the events fit. */
const PLACED: World[number] = { owner: 'kim', status: 'PENDING', payment: undefined, key: false, steps: [] };
const [RESERVATION = '', ANOTHER = ''] = reservationIds;

const SAMPLES = join(import.meta.dirname, '../../../schema/events/samples');

const byVersion = new Intl.Collator('en', { numeric: true }).compare;
/** The newest sample of each type: those of earlier versions are of the same happening. */
const newest = new Map(
  readdirSync(SAMPLES)
    .toSorted(byVersion)
    .map((file) => [file.replace(/\.v\d+\.json$/, ''), file]),
);

/** The data of the newest samples as it was published: without fields that have a default and were added later. */
export const publishedData: ReadonlyMap<string, object> = new Map(
  [...newest].map(([type, file]) => [type, JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')).data]),
);

/** The checked-in events in the order of their times, of the first reservation among the rows. */
export const samples = [...newest.values()]
  .map((file) => of(RESERVATION, decode(readFileSync(join(SAMPLES, file), 'utf8'))))
  .toSorted((a, b) => (a.time < b.time ? -1 : 1));

/** The event, of a reservation among the rows; a payment has the id of its reservation. */
function of(reservationId: string, event: Event): Event {
  const ids = {
    reservationId,
    paymentId: reservationId,
    customerId: PLACED.owner,
    flightId: `f${markOf(PLACED.owner)}`,
  };
  const { data: schema, subject }: EventDefinition = events[event.type];
  // The schema drops the ids that the event does not have.
  const data = schema.parse({ ...event.data, ...ids }) as Readonly<Record<string, unknown>>;
  return { ...event, subject: data[subject], data } as Event;
}

/** The event, and one of another reservation of its customer and flight: a second later, with other numbers, days and texts. */
export function ofBoth(event: Event): Event[] {
  const data = Object.fromEntries(fieldsOf(event).map((field) => [field, otherValue(event, field)]));
  const time = new Date(Date.parse(event.time) + 1000).toISOString();
  return [event, of(ANOTHER, { ...event, id: `another ${event.id}`, time, data } as Event)];
}

/** The event with another value in one of its fields. */
export const withAnother = (event: Event, field: string) =>
  ({ ...event, data: { ...event.data, [field]: otherValue(event, field) } }) as Event;

/** All fields that an event of its type can have. */
export const fieldsOf = (event: Event): string[] => Object.keys(propertiesOf(event));

const propertiesOf = ({ type }: Event) => present(eventSchemas[type], `schema of ${type}`).data.properties;

/** A value that the field takes and does not have. */
function otherValue(event: Event, field: string): unknown {
  const value: unknown = event.data[field as keyof Event['data']];
  const candidates = [
    ...valuesOf(propertiesOf(event)[field]),
    ...(typeof value === 'number' ? [value + 1] : []),
    ...(typeof value === 'string' ? [dayAfter(value), `another ${value}`] : []),
    ...[true, false, 1, 'another', 'XXX', '2030-01-01', '2030-01-01T00:00:00.000Z'],
  ];
  const { data: schema }: EventDefinition = events[event.type];
  const takes = (candidate: unknown) => schema.safeParse({ ...event.data, [field]: candidate }).success;
  return present(
    candidates.find((candidate) => candidate !== value && takes(candidate)),
    `another value of ${event.type}.${field}: add one that it takes to the candidates`,
  );
}

const dayAfter = (text: string) =>
  text.replace(/^\d{4}-\d\d-\d\d/, (day) =>
    new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, day.length),
  );

/** No rows, and those that the subgraph has of the reservations: without them most policies do nothing. */
export function beginnings({ name, tables }: Subgraph) {
  const { given } = scenarios(tables);
  return [given(), given(rowsOf(name, [PLACED, PLACED]))];
}

/** What the subgraph's policies do, event by event. */
export const reactionsOf = ({ policies }: Subgraph, happened: readonly Event[]) =>
  happened.flatMap((event) => policyOf(policies, event)?.(event) ?? []);
