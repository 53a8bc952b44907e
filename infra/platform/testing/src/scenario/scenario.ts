import { type Command, decideOn, type Reaction, type State, sumOf, type Tables } from '@airline/database';
import { type DomainEvent, type EventDefinition, events } from '@airline/schema/events';
import { getTableColumns } from 'drizzle-orm';
import { expect } from 'vitest';
import { withClockAndChance } from '../clock-and-chance.ts';

/** A service's rows, table by table; a table without rows is empty. */
export type RowsOf<S extends State> = { readonly [Name in keyof S]?: readonly S[Name][] };

type Decides<S extends State> = Reaction<S> | Command<S, unknown>;

/** The state and the events since `given`; each check returns the scenario, so that checks can be chained. */
export interface Scenario<S extends State> {
  /** Makes decisions, one after the other. */
  when(...decisions: readonly Decides<S>[]): Scenario<S>;
  /** Exactly these events since `given`, in this order. */
  thenPublished(...expected: readonly DomainEvent[]): Scenario<S>;
  /** Exactly these rows, in any order. */
  thenHolds(expected: RowsOf<S>): Scenario<S>;
  /** The result of the last decision. */
  thenReturns(expected: unknown): Scenario<S>;
  /** Neither a row written nor an event published by the last `when`. */
  thenNothing(): Scenario<S>;
  /** The rows as they are, sorted by their keys. */
  readonly rows: { readonly [Name in keyof S]: readonly S[Name][] };
  /** The events since `given`. */
  readonly published: readonly DomainEvent[];
}

const SAME_DECISION =
  'the same rows, the same decision, whatever the clock says and Math.random returns: pass in the time, new ids and what is random';

/** In ms since 1970: after all instants of tests, as 0 is before them. */
const YEAR_2096 = 4e12;

interface Situation {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, object>>;
  readonly published: readonly DomainEvent[];
  /** What the last `when` wrote and published. */
  readonly changes: readonly object[];
  readonly result: unknown;
}

/**
 * Given rows, when decisions are made, then events and rows: for one service's policies and commands, without
 * a database. A decision finds rows as the store does, by its keys. It is also held to what the store relies
 * on: it changes no row in place, decides the same from the same rows, at any time, and its events fit their schemas.
 */
export function scenarios<S extends State>(tables: Tables<S>) {
  const keyOf = (name: string, row: object): string => {
    const [key = ''] = Object.keys(getTableColumns(tables[name] as Tables<S>[string]));
    return String((row as Record<string, unknown>)[key]);
  };

  function apply(before: Situation, decides: Decides<S>): Situation {
    const find = (name: string, key: string) => before.tables.get(name)?.get(key);
    const decideOnce = () =>
      decideOn<S, ReturnType<Decides<S>['decide']>>(
        decides,
        (name, key) => Object.freeze(copyOf(find(name, key))),
        keyOf,
        expectValid,
      );
    const { decision, rows, added } = withClockAndChance(0, 0, decideOnce);
    const again = withClockAndChance(YEAR_2096, 0.999, decideOnce);
    expect(again.decision, SAME_DECISION).toEqual(decision);
    for (const { name, row } of rows) {
      const replaced = decides.keys[name] === undefined && find(name, keyOf(name, row));
      if (replaced) expect(row, `replaces a row of ${name}, which its keys do not name`).toEqual(replaced);
    }
    const written = [
      ...rows,
      ...added.map(({ name, row }) => ({ name, row: sumOf(find(name, keyOf(name, row)), row) })),
    ];
    const published = decision.publish ?? [];
    const after = new Map(before.tables);
    for (const { name, row } of written) {
      after.set(name, new Map(after.get(name)).set(keyOf(name, row), row));
    }
    return {
      tables: after,
      published: [...before.published, ...published],
      changes: [...before.changes, ...written, ...published],
      result: 'result' in decision ? decision.result : undefined,
    };
  }

  function scenario(situation: Situation): Scenario<S> {
    const rows: Record<string, readonly object[]> = {};
    for (const [name, byKey] of situation.tables) {
      rows[name] = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    }
    const checked = (check: () => void) => {
      check();
      return self;
    };
    const self: Scenario<S> = {
      rows: rows as unknown as Scenario<S>['rows'],
      published: situation.published,
      when: (...decisions) => scenario(decisions.reduce(apply, { ...situation, changes: [] })),
      thenPublished: (...expected) => checked(() => expect(situation.published).toEqual(expected)),
      thenHolds: (expected) => checked(() => expect(rows).toEqual(given(expected).rows)),
      thenReturns: (expected) => checked(() => expect(situation.result).toEqual(expected)),
      thenNothing: () => checked(() => expect(situation.changes).toEqual([])),
    };
    return self;
  }

  function given(rows: RowsOf<S> = {}): Scenario<S> {
    const byName = Object.keys(tables).map((name): [string, Map<string, object>] => [
      name,
      new Map((rows[name] ?? []).map((row) => [keyOf(name, row), row])),
    ]);
    return scenario({ tables: new Map(byName), published: [], changes: [], result: undefined });
  }

  return { given };
}

const copyOf = (row: object | undefined) => row && { ...row };

/** In place of an envelope: nothing reads it. */
function expectValid({ type, data }: DomainEvent): string {
  const { data: schema }: EventDefinition = events[type];
  expect(
    schema.parse(data),
    `${type} carries what its schema in schema/events knows: take the rest out of its data, or add it there`,
  ).toEqual(data);
  return type;
}
