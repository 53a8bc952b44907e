import { loadSubgraphs } from '@airline/local/subgraphs';
import { services } from '@airline/schema/events';
import { present } from '@airline/testing';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { eventSchemas } from '../event-schemas.ts';
import { type Effect, effectsOf } from './effects.ts';
import { type Leaf, type Mutation, mutationsOf, samplesOf } from './mutations.ts';

// A value has one name from the input to the row and the event. Where one of them says another, or has another default, all types
// fit, and so do the tests of each by itself.

const subgraphs = await loadSubgraphs();

/** The defaults of columns and of fields of events, by their names. */
const defaults = Map.groupBy(
  [
    ...subgraphs.flatMap(({ tables }) =>
      Object.values(tables).flatMap((table) =>
        Object.entries(getTableColumns(table)).map(([name, column]) => ({
          name,
          value: column.default,
          where: `${getTableName(table)}.${name}`,
        })),
      ),
    ),
    ...Object.entries(eventSchemas).flatMap(([type, { data }]) =>
      Object.entries(data.properties).map(([name, schema]) => ({
        name,
        value: schema.default,
        where: `${type}.${name}`,
      })),
    ),
  ].filter(({ value }) => value !== undefined && value !== null),
  ({ name }) => name,
);

test.each([...defaults])('%s has one default, in the tables and in the events', (_name, found) => {
  expect(new Set(found.map(({ value }) => value)).size, JSON.stringify(found)).toBe(1);
});

test('control: there are defaults of tables and of events', () => {
  const where = present(defaults.get('currency'), 'currency').map((each) => each.where);
  expect(where).toEqual(expect.arrayContaining(['flight.currency', 'Paid.currency']));
});

/** What the rows and the events have of a name; a null says nothing. */
function kept({ rows, published }: Pick<Effect, 'rows' | 'published'>, name: string): unknown[] {
  const found = [...rows, ...published].flatMap((each) => (Object.hasOwn(each, name) ? [each[name]] : []));
  const said = found.filter((value) => value !== null);
  return found.length > 0 && said.length === 0 ? [null] : [...new Set(said)];
}

test('control: an event that says another value than its row is found, and so is one that is dropped', () => {
  const kosher = { rows: [{ meal: 'KOSHER' }, { seatQty: 1 }] };
  expect(kept({ ...kosher, published: [{ meal: 'STANDARD' }] }, 'meal')).toEqual(['KOSHER', 'STANDARD']);
  expect(kept({ ...kosher, published: [{ meal: null }] }, 'meal')).toEqual(['KOSHER']);
  expect(kept({ rows: [{ meal: null }], published: [] }, 'meal')).toEqual([null]);
});

async function effectOf(mutation: Mutation, variables: Readonly<Record<string, unknown>>): Promise<Effect> {
  const [effect] = await effectsOf(mutation, [variables]);
  return present(effect, 'effect');
}

const fields = services.flatMap(mutationsOf).flatMap((mutation) =>
  mutation.leaves
    // Each row and event has its own of these.
    .filter(({ name }) => name !== 'id' && name !== 'at')
    .map((leaf): [string, Mutation, Leaf] => [`${mutation.name} ${leaf.path}`, mutation, leaf]),
);

test.each(fields)(
  '%s is in each row and event that has its name, as it was given',
  async (_, mutation, leaf) => {
    for (const value of samplesOf(mutation.service, leaf)) {
      const effect = await effectOf(mutation, leaf.with(value));
      expect(effect.response.errors).toBeUndefined();
      const found = kept(effect, leaf.name);
      if (found.length > 0)
        expect(
          found,
          `what rows and events have as "${leaf.name}", of which a client gives another value`,
        ).toEqual([value]);
    }
  },
);

test.each(fields.filter(([, , { isOptional }]) => isOptional))(
  '%s, left out, is as null is, and what it was or, in a new row, the default of its name',
  async (_, mutation, leaf) => {
    const absent = await effectOf(mutation, leaf.with(undefined));
    expect(await effectOf(mutation, leaf.with(null)), 'null is as absent').toEqual(absent);
    const found = kept(absent, leaf.name);
    if (found.length === 0) return;
    const held = kept({ rows: absent.held, published: [] }, leaf.name);
    if (held.length > 0) {
      expect(found, `what rows and events have as "${leaf.name}", which an update leaves out`).toEqual(held);
      return;
    }
    const [known] = defaults.get(leaf.name) ?? [];
    if (known)
      expect(found, `the default of "${leaf.name}" is another in the code than in ${known.where}`).toEqual([
        known.value,
      ]);
  },
);
