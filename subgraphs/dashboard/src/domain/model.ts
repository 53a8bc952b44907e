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
  /** Whose info counts it: of placements and cancellations; null where that was not recorded yet. */
  readonly customerId: string | null;
  /** `YYYY-MM-DD`, of placements. */
  readonly reserveDate: string | null;
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
};

export type Known = Partial<DashboardState>;

export interface Decision {
  readonly write?: Known;
  readonly publish?: readonly DomainEvent<'CustomerInfoUpdated'>[];
}
