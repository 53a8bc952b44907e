import type { Reservation as Booking } from '#desk/data/rows.ts';
import type { StepFacts } from '#desk/data/timeline.ts';

/** What the page shows, as its operations select it. */
export interface Service {
  readonly name: string;
  readonly version: string;
  readonly replica: string;
  readonly startedAt: string;
  readonly state: 'READY' | 'DEGRADED' | 'UNAVAILABLE' | 'SHUTTING_DOWN';
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly reason: string | null }[];
  readonly replicas: readonly Replica[] | null;
  readonly outbox: { readonly waiting: number; readonly oldestMs: number | null } | null;
  readonly streams:
    | readonly { readonly stream: string; readonly lag: number; readonly pending: number }[]
    | null;
  readonly deadLetters: number | null;
  readonly rates: {
    readonly operationsPerSecond: number;
    readonly operationP95Ms: number | null;
    readonly eventsPerSecond: number;
    readonly eventP95Ms: number | null;
    readonly loopUtilization: number;
    readonly memoryBytes: number;
  };
}

export interface Replica {
  readonly name: string;
  readonly idleMs: number;
  readonly silent: boolean;
  readonly pending: number;
}

/** `extensions.router` (router/src/report.ts). */
export interface RouterReport {
  readonly version: string;
  readonly startedAt: string;
  readonly supergraph: { readonly id: string; readonly subgraphs: readonly string[] };
  readonly operations: Readonly<Record<'ok' | 'errors' | 'refused', number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly shed: Readonly<Record<'client' | 'overload' | 'lag' | 'wait', number>>;
  readonly admission: { readonly running: number; readonly waiting: number; readonly limit: number };
  readonly subscriptions: number;
  readonly rates: {
    readonly operationsPerSecond: number;
    readonly operationP95Ms: number | null;
    readonly loopUtilization: number;
    readonly memoryBytes: number;
  };
}

export interface DeadLetter {
  readonly eventId: string;
  readonly eventType: string;
  readonly stream: string;
  readonly error: string;
  readonly deliveries: number;
  readonly diedAt: string;
}

export interface Reservation {
  readonly id: string;
  readonly reference: string;
  readonly status: Booking['status'];
  readonly cancelReason: Booking['cancelReason'];
  readonly customerId: string;
  readonly seatQty: number;
  readonly placedAt: string;
}

export interface Saga {
  readonly id: string;
  readonly flightId: string;
  readonly payment: { readonly status: string } | null;
  readonly history: readonly SagaStep[];
}

export interface SagaStep extends StepFacts {
  readonly event: string;
  readonly service: string;
  readonly at: string;
  /** Of the operation or event that the step came of; null where nothing is traced. */
  readonly traceId: string | null;
}

export interface SagaFilter {
  readonly reference?: string;
  readonly customerId?: string;
  readonly status?: Reservation['status'];
  /** RFC 3339, exclusive. */
  readonly placedTo?: string;
}

export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly startCursor: string | null; readonly hasPreviousPage: boolean };
}
