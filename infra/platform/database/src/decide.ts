import type { DomainEvent } from '@airline/schema/events';
import type { Decision, Found, Reaction, State } from './store.ts';

/** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
export type Encode = (event: DomainEvent, traceparent?: string) => string;

export type Deciding<S extends State, D extends Decision<S>> = Omit<Reaction<S>, 'decide'> & {
  readonly decide: (found: Found<S>) => D;
};

/** Makes a decision over the rows that its keys name. Returns it with its rows by table and its events in envelopes. */
export function decideOn<S extends State, D extends Decision<S>>(
  { keys, decide, traceparent }: Deciding<S, D>,
  find: (table: string, key: string) => object | undefined,
  encode: Encode,
) {
  const found: Record<string, object | undefined> = {};
  for (const [name, key] of Object.entries(keys)) if (key !== undefined) found[name] = find(name, key);
  // Rows come untyped from the drivers; the type of Tables says that they are the state's.
  const decision = decide(found as Found<S>);
  const written = Object.entries<object | undefined>(decision.write ?? {});
  return {
    decision,
    rows: written.flatMap(([name, row]) => (row === undefined ? [] : [{ name, row }])),
    events: (decision.publish ?? []).map((event) => encode(event, traceparent)),
  };
}
