import type { z } from 'zod';
import { dashboardEvents } from './dashboard.ts';
import { flightEvents } from './flight.ts';
import { paymentEvents } from './payment.ts';
import { reservationEvents } from './reservation.ts';
import type { Service } from './topology.ts';

export { type EventDefinition, event } from './event.ts';
export { cancelReasons } from './reservation.ts';
export { listenersOf, listensTo, type Service, services, streamOf } from './topology.ts';

/** Every event that crosses a service line, by its publisher. */
export const eventsOf = {
  reservation: reservationEvents,
  flight: flightEvents,
  payment: paymentEvents,
  dashboard: dashboardEvents,
} satisfies Record<Service, object>;

/** Every event by its type. */
export const events = { ...reservationEvents, ...flightEvents, ...paymentEvents, ...dashboardEvents };

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
