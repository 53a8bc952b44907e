import type { DomainEvent } from '@airline/schema/events';
import type { Decision, Found, Reaction, State } from './store.ts';
import { fieldOf } from './table.ts';

/** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
export type Encode = (event: DomainEvent, traceparent?: string) => string;

export type Deciding<S extends State, D extends Decision<S>> = Omit<Reaction<S>, 'decide'> & {
  readonly decide: (found: Found<S>) => D;
};

/** Makes a decision over the rows that its keys name. Returns it with its rows and its events in envelopes. */
export function decideOn<S extends State, D extends Decision<S>>(
  { keys, decide, traceparent }: Deciding<S, D>,
  find: (table: string, key: string) => object | undefined,
  encode: Encode,
) {
  const found: Record<string, object | undefined> = {};
  for (const [name, key] of Object.entries(keys)) if (key !== undefined) found[name] = find(name, key);
  // Rows come untyped from the drivers; the type of Tables says that they are the state's.
  const decision = decide(found as Found<S>);
  return {
    decision,
    rows: byTable(decision.write),
    added: byTable(decision.add),
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
