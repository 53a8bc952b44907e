import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { decode, policyOf } from '@airline/messaging';
import type { Service } from '@airline/schema/events';
import type { Subgraph } from '@airline/service';
import { present } from '@airline/testing';
import { eachAgain, everyOrder, scenarios } from '@airline/testing/scenario';
import { expect, test } from 'vitest';

const subgraphs = await loadSubgraphs();

const SAMPLES = join(import.meta.dirname, '../../../schema/events/samples');
const samples = readdirSync(SAMPLES)
  .map((file) => decode(readFileSync(join(SAMPLES, file), 'utf8')))
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
    eachAgain(scenarios(subgraph.tables).given(), reactions);
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
    const reactions = reactionsOf(subgraph, [event, ofAnotherReservation(event)]);
    expect(reactions).toHaveLength(2);
    everyOrder(scenarios(subgraph.tables).given(), reactions, 'ROWS');
  },
);

/** A reservation that its customer cancels in the end. */
const HISTORY = ['ReservationPlaced', 'RemainingSeatsDecreased', 'Paid', 'ReservationSucceeded'];
const CANCELED = 'ReservationCanceled';

/**
 * What these have left of a cancellation that came first, a tombstone, is less than what they would have done and undone.
 * The tests of their policies say what.
 */
const LEAVE_TOMBSTONES: readonly Service[] = ['flight', 'payment'];

test.each(subgraphs)(
  'the policies of $name end with the same rows in whichever order the events of a reservation come',
  (subgraph) => {
    const types = LEAVE_TOMBSTONES.includes(subgraph.name) ? HISTORY : [...HISTORY, CANCELED];
    const history = samples.filter(({ type }) => types.includes(type));
    expect(history).toHaveLength(types.length);
    everyOrder(scenarios(subgraph.tables).given(), reactionsOf(subgraph, history), 'ROWS');
  },
);

/** The same event, a second later, of another reservation of its customer and flight. */
function ofAnotherReservation(event: (typeof samples)[number]) {
  const time = new Date(Date.parse(event.time) + 1000).toISOString();
  return { ...event, time, data: { ...event.data, reservationId: 'another' } } as typeof event;
}

function reactionsOf({ policies }: Subgraph, events: typeof samples) {
  return events.flatMap((event) => policyOf(policies, event)?.(event) ?? []);
}
