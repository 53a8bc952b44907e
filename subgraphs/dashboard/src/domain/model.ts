import type { DomainEvent, Service } from '@airline/schema/events';

/** One customer's row of the read model. */
export interface CustomerInfo {
  readonly customerId: string;
  /** Reservations placed, the canceled ones included. */
  readonly flightCount: number;
  /** `YYYY-MM-DD`; null while only a cancellation has arrived. */
  readonly recentReserveDate: string | null;
  readonly canceledCount: number;
  /** RFC 3339, UTC: the time of the latest step that counted, or of the recount that corrected it. */
  readonly updatedAt: string;
}

/** What a customer's info counts. */
export type Counts = Pick<CustomerInfo, 'flightCount' | 'recentReserveDate' | 'canceledCount'>;

/** One event of a reservation's saga, which has each of its types once. */
export interface SagaStep {
  /** `<event>/<reservationId>`. */
  readonly id: string;
  readonly reservationId: string;
  readonly event: string;
  readonly service: Service;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly detail: string | null;
  readonly seatQty: number | null;
  /** The whole sum. */
  readonly amount: number | null;
  /** ISO 4217, of an amount. */
  readonly currency: string | null;
  readonly reason: string | null;
  /** 32 hexadecimal digits. */
  readonly traceId: string | null;
  /** Whose info counts it: of placements and cancellations; null where that was not recorded yet. */
  readonly customerId: string | null;
  /** `YYYY-MM-DD`, of placements. */
  readonly reserveDate: string | null;
  /** Whether the statistics have it: `DUE` where a replica of the release before them has stored it. */
  readonly statistics: 'DUE' | 'DONE';
}

/** What a reservation has become, for the statistics: `CANCELED` is final. */
export interface Outcome {
  readonly reservationId: string;
  readonly status: 'SUCCEED' | 'CANCELED';
}

/** How many of all reservations there are, by what they are now. */
export interface Totals {
  readonly id: string;
  readonly placed: number;
  readonly succeeded: number;
  readonly canceled: number;
}

/** How often one thing happened in one minute. */
export interface Tally {
  /** The minute (`2024-11-21T10:00`) and, after a space, what happened. */
  readonly id: string;
  readonly count: number;
}

/** That a customer's data was erased, for good: nothing that comes later brings it back. */
export interface Erasure {
  /** The id alone remains, since events and rebuilds may still name it. */
  readonly customerId: string;
  /** RFC 3339, UTC. */
  readonly erasedAt: string;
  /** What the operator gave as a reason. */
  readonly reason: string;
}

export type DashboardState = {
  readonly info: CustomerInfo;
  readonly step: SagaStep;
  readonly erasure: Erasure;
  readonly outcome: Outcome;
  readonly totals: Totals;
  /** Placements and outcomes: `PLACED`, `SUCCEED` or the reason of a cancellation. */
  readonly tally: Tally;
  /** How long sagas took, by the index of their bucket. */
  readonly latency: Tally;
};

export type Known = Partial<DashboardState>;

export interface Decision {
  readonly write?: Known;
  /** Numbers to add to those of rows. */
  readonly add?: Pick<Known, 'totals' | 'tally' | 'latency'>;
  readonly publish?: readonly DomainEvent<'CustomerInfoUpdated'>[];
}
