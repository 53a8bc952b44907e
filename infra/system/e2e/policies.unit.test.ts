import { globSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type EventType,
  subgraphs as manifests,
  type Service,
  unhandledEvents,
} from '@airline/schema/events';
import { present } from '@airline/testing';
import { eachAgain, everyOrder } from '@airline/testing/scenario';
import { expect, test } from 'vitest';
import {
  beginnings,
  type Event,
  fieldsOf,
  ofBoth,
  reactionsOf,
  samples,
  subgraphs,
  withAnother,
} from './sample-events.ts';

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
    const event = sampleOf(type);
    const reactions = reactionsOf(subgraph, ofBoth(event));
    expect(reactions).toHaveLength(2);
    const earlier = samples.filter(({ type, time }) => WHOLE.includes(type) && time < event.time);
    for (const before of beginnings(subgraph)) {
      everyOrder(before, reactions, 'ROWS');
      everyOrder(before.when(...reactionsOf(subgraph, earlier.flatMap(ofBoth))), reactions, 'ROWS');
    }
  },
);

/** What undoes what an event says has happened: one of these. */
const UNDONE_BY: { readonly [Type in EventType]?: readonly EventType[] } = {
  ReservationPlaced: ['ReservationCanceled'],
  ReservationSucceeded: ['ReservationCanceled'],
  RemainingSeatsDecreased: ['RemainingSeatsIncreased', 'ReservationCanceled'],
  Paid: ['PaymentRefunded', 'ReservationCanceled'],
};

/** The events that a subgraph has a policy for, and that it learns to be undone from none. */
const notUndone = (handled: readonly string[], published: readonly string[]): string[] =>
  Object.entries(UNDONE_BY)
    .filter(([type, undoing]) => {
      const isKnown = undoing.some((each) => handled.includes(each) || published.includes(each));
      return handled.includes(type) && !isKnown;
    })
    .map(([type]) => type);

test.each(subgraphs)(
  'what $name has a policy for it also has one for when it is undone',
  ({ name, policies }) => {
    expect(
      notUndone(Object.keys(policies), Object.keys(manifests[name].events)),
      'add a policy for what undoes it; where nothing is to be done then, one that does nothing and says why',
    ).toEqual([]);
  },
);

test('control: a count of what succeeded that no cancellation reaches is named', () => {
  expect(notUndone(['ReservationSucceeded', 'PaymentRefunded'], [])).toEqual(['ReservationSucceeded']);
  expect(notUndone(['ReservationSucceeded', 'ReservationCanceled'], [])).toEqual([]);
  expect(notUndone(['Paid'], ['ReservationCanceled'])).toEqual([]);
});

/** A reservation that its customer cancels in the end. */
const WHOLE = [
  'ReservationPlaced',
  'RemainingSeatsDecreased',
  'Paid',
  'ReservationSucceeded',
  'ReservationCanceled',
];

test.each(subgraphs)(
  'the policies of $name end with the same rows in whichever order the events of a reservation can come',
  (subgraph) => {
    const history = samples.filter(({ type }) => WHOLE.includes(type));
    expect(history).toHaveLength(WHOLE.length);
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

test.each(samples.filter(({ type }) => !unhandledEvents.has(type)))(
  'each field of $type that is no id changes what a policy does',
  (event) => {
    const plain = effectsOf(event);
    const ignored = fieldsOf(event).filter(
      (field) => !field.endsWith('Id') && isDeepStrictEqual(effectsOf(withAnother(event, field)), plain),
    );
    expect(ignored, 'no policy of any subgraph reads it: the one that it was added for ignores it').toEqual(
      [],
    );
  },
);

test('control: a field that no policy reads changes nothing', () => {
  const paid = sampleOf('Paid');
  expect(effectsOf(withAnother(paid, 'paymentId'))).toEqual(effectsOf(paid));
});

/** It publishes what its own row says of a reservation, whatever an event says. */
const SAYS_ITSELF: Service = 'reservation';
/** What was held is given back, whatever a cancellation says. */
const FROM_ROWS: readonly string[] = ['RemainingSeatsIncreased.seatQty'];

test.each(
  subgraphs
    .filter(({ name }) => name !== SAYS_ITSELF)
    .flatMap((subgraph) =>
      samples
        .filter(({ type }) => type in subgraph.policies)
        .map((event) => ({ name: subgraph.name, type: event.type, subgraph, event })),
    ),
)('what $name publishes on $type passes the fields on that both events have', ({ subgraph, event }) => {
  expect(notPassedOn(subgraph, event)).toEqual([]);
});

test('control: a policy that publishes a constant in place of a field is named', () => {
  const flight = present(
    subgraphs.find(({ name }) => name === 'flight'),
    'flight',
  );
  const placed = sampleOf('ReservationPlaced');
  const forgetful = (event: Event) =>
    flight.policies.ReservationPlaced?.({ ...event, data: { ...event.data, seatQty: 1 } } as never);
  const policies = { ...flight.policies, ReservationPlaced: forgetful };
  expect(notPassedOn({ ...flight, policies } as typeof flight, placed)).toContain(
    'RemainingSeatsDecreased.seatQty',
  );
});

/** The fields, as `Type.field`, that another event of the same has, and what the subgraph publishes on it has otherwise. */
function notPassedOn(subgraph: (typeof subgraphs)[number], event: Event): string[] {
  // By an id rows are found.
  const passed = fieldsOf(event).filter((field) => !field.endsWith('Id'));
  const befores = situations(subgraph, event);
  const lost = passed.flatMap((field) => {
    const other = withAnother(event, field);
    const valueIn = (data: object) => Object.entries(data).find(([name]) => name === field)?.[1];
    return befores
      .flatMap((before) => publishedOn(before, subgraph, other))
      .filter(({ data }) => field in data && !isDeepStrictEqual(valueIn(data), valueIn(other.data)))
      .map(({ type }) => `${type}.${field}`);
  });
  return [...new Set(lost)].filter((field) => !FROM_ROWS.includes(field));
}

const sampleOf = (type: string): Event =>
  present(
    samples.find((sample) => sample.type === type),
    `a sample of ${type}`,
  );

/** What the policies of all subgraphs make of the event, at each beginning and after what came before it. */
const effectsOf = (event: Event) =>
  subgraphs.flatMap((subgraph) =>
    situations(subgraph, event).map((before) => {
      const { rows, published } = before.when(...reactionsOf(subgraph, [event]));
      return { rows, published };
    }),
  );

/** Each beginning, and the same after what came before the event. */
function situations(subgraph: (typeof subgraphs)[number], event: Event) {
  const earlier = samples.filter(({ time }) => time < event.time);
  return beginnings(subgraph).flatMap((before) => [before, before.when(...reactionsOf(subgraph, earlier))]);
}

const publishedOn = (
  before: ReturnType<typeof situations>[number],
  subgraph: (typeof subgraphs)[number],
  event: Event,
) => before.when(...reactionsOf(subgraph, [event])).published.slice(before.published.length);
