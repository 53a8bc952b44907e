import { dashboardEvents } from './events/dashboard.ts';
import type { EventDefinition } from './events/event.ts';
import { flightEvents } from './events/flight.ts';
import { paymentEvents } from './events/payment.ts';
import { reservationEvents } from './events/reservation.ts';

/** What all others need to know of a subgraph. */
interface Manifest {
  /** The default of its port. */
  readonly port: number;
  /** The events it publishes, all on one stream of its own. */
  readonly events: Readonly<Record<string, EventDefinition>>;
  /** Those of its events that no subgraph has a policy for: they are for subscribers. */
  readonly unhandled?: readonly string[];
  /** Those of its events that it does not publish: not yet, while readers are deployed first, or no longer. */
  readonly unpublished?: readonly string[];
  /**
   * The subgraphs whose events it handles. Publishers need it too: a stream may only be trimmed up to where every
   * group that is expected has read, one that has not been created yet included.
   */
  readonly listensTo: readonly string[];
}

/**
 * The list of subgraphs, from which all else derives: composition, generated types, the router's URLs, `npm start`,
 * compose file and manifests. `npm run new-subgraph -- NAME` adds one.
 */
export const subgraphs = {
  reservation: { port: 8082, events: reservationEvents, listensTo: ['flight', 'payment'] },
  flight: {
    port: 8083,
    events: flightEvents,
    unhandled: ['FlightRegistered', 'FlightUpdated'],
    listensTo: ['reservation'],
  },
  payment: { port: 8084, events: paymentEvents, listensTo: ['flight', 'reservation'] },
  dashboard: {
    port: 8085,
    events: dashboardEvents,
    unhandled: ['CustomerInfoUpdated'],
    listensTo: ['reservation', 'flight', 'payment'],
  },
} as const satisfies Readonly<Record<string, Manifest>>;

/** The events that no subgraph has a policy for, on purpose. */
export const unhandledEvents: ReadonlySet<string> = new Set(
  Object.values<Manifest>(subgraphs).flatMap(({ unhandled = [] }) => unhandled),
);

/** The default ports of all else: on one machine, and in a service's pod. */
export const otherPorts = {
  router: 8088,
  issuer: 8090,
  metrics: 9464,
  health: 9465,
  redis: 6379,
  postgres: 5432,
} as const;

const ports = Object.entries<Manifest>(subgraphs).map(([name, { port }]) => [name, port]);

/** Two with one default port, which could not run on one machine or in one pod: a text for people for each, or none. */
export function sharedPorts(
  defaults: Readonly<Record<string, number>> = { ...otherPorts, ...Object.fromEntries(ports) },
): string[] {
  const owners = new Map<number, string>();
  return Object.entries(defaults).flatMap(([name, port]) => {
    const other = owners.get(port);
    owners.set(port, name);
    if (other === undefined) return [];
    return [
      `${other} and ${name} both have the port ${port}: give one of them another in schema/subgraphs.ts.`,
    ];
  });
}

export type Service = keyof typeof subgraphs;

// The compiler takes the keys of an object for any text.
export const services = Object.keys(subgraphs) as readonly Service[];

/** The subgraphs whose events a service handles. */
export const listensTo = (service: Service): readonly Service[] => subgraphs[service].listensTo;

export const streamOf = (service: Service): string => `airline:${service}`;

export const listenersOf = (publisher: Service): readonly Service[] =>
  services.filter((service) => listensTo(service).includes(publisher));
