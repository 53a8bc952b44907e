import type { z } from 'zod';
import { type Service, services, subgraphs } from '../subgraphs.ts';

export {
  listenersOf,
  listensTo,
  otherPorts,
  type Service,
  services,
  sharedPorts,
  streamOf,
  subgraphs,
  unhandledEvents,
} from '../subgraphs.ts';
export { type EventDefinition, event } from './event.ts';
export { cancelReasons } from './reservation.ts';
export { isStorable } from './storable.ts';
export { uuidTime } from './uuid-time.ts';

type Definitions = (typeof subgraphs)[Service]['events'];
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** Every event that crosses a service line, by its type. */
export const events: Intersection<Definitions> = Object.assign(
  {},
  ...services.map((service) => subgraphs[service].events),
);

export type EventType = keyof typeof events;
export type EventData<Type extends EventType> = z.infer<(typeof events)[Type]['data']>;

/** An event as a decision states it: what happened, without the id and the time that publishing adds. */
export type DomainEvent<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData<T> };
}[Type];

/** An event as a policy receives it. */
export type PublishedEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly id: string;
    readonly type: T;
    readonly source: Service;
    readonly subject: string;
    /** When it happened: RFC 3339, UTC. */
    readonly time: string;
    /** W3C Trace Context of the request that caused it. */
    readonly traceparent?: string;
    readonly data: EventData<T>;
  };
}[Type];
