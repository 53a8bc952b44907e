import type { Reaction, State } from '@airline/database';
import type { EventType, PublishedEvent } from '@airline/schema/events';

/** A reaction to an event: the rows that it concerns, and the decision over them. */
export type Policy<S extends State, Type extends EventType> = (event: PublishedEvent<Type>) => Reaction<S>;

/** A service's reactions by the type of the event; events of other types are acknowledged unhandled. */
export type Policies<S extends State> = { readonly [Type in EventType]?: Policy<S, Type> };

/** Finds an event's policy; undefined for a type that the service has none for. */
export function policyOf<S extends State>(
  policies: Policies<S>,
  { type }: PublishedEvent,
): Policy<S, EventType> | undefined {
  // A policy takes the type that it stands under, which TypeScript does not follow through an index by a union.
  return policies[type] as Policy<S, EventType> | undefined;
}
