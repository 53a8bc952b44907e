import type { DomainEvent } from '@airline/schema/events';
import type { Decision, Found, Reaction, State } from './store.ts';
import { fieldOf } from './table.ts';

/** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
export type Encode = (event: DomainEvent, traceparent?: string) => string;

export type Deciding<S extends State, D extends Decision<S>> = Omit<Reaction<S>, 'decide'> & {
  readonly decide: (found: Found<S>) => D;
};

/**
 * Makes a decision over the rows that its keys name. Returns it with its rows and its events in envelopes.
 * @throws Error for a row of another key than the one named for its table: that one is neither read nor locked
 */
export function decideOn<S extends State, D extends Decision<S>>(
  { keys, decide, traceparent }: Deciding<S, D>,
  find: (table: string, key: string) => object | undefined,
  keyOf: (table: string, row: object) => string | undefined,
  encode: Encode,
) {
  const found: Record<string, object | undefined> = {};
  for (const [name, key] of Object.entries(keys)) if (key !== undefined) found[name] = find(name, key);
  // Rows come untyped from the drivers; the type of Tables says that they are the state's.
  const decision = decide(found as Found<S>);
  const rows = byTable(decision.write);
  const added = byTable(decision.add);
  for (const { name, row } of [...rows, ...added]) {
    const key = keys[name];
    if (key !== undefined && keyOf(name, row) !== key) {
      throw new Error(
        `A decision writes another row of ${name} than its keys name: name the key of the row that it writes.`,
      );
    }
  }
  return {
    decision,
    rows,
    added,
    events: (decision.publish ?? []).map((event) => encode(event, traceparent)),
  };
}

const byTable = (rows: object = {}) =>
  Object.entries<object | undefined>({ ...rows }).flatMap(([name, row]) => (row ? [{ name, row }] : []));

/** A row that decisions add to: it has the numbers of both, and of all else what the later one has. */
export const sumOf = (before: object = {}, row: object): object => ({
  ...row,
  ...Object.fromEntries(
    Object.entries(before).flatMap(([property, value]) =>
      typeof value === 'number' ? [[property, value + Number(fieldOf(row, property))]] : [],
    ),
  ),
});
