import type { DomainEvent, Service } from '@airline/schema/events';

/** One customer's row of the read model. */
export interface CustomerInfo {
  readonly customerId: string;
  /** Reservations placed, the canceled ones included. */
  readonly flightCount: number;
  /** `YYYY-MM-DD`; null while only a cancellation has arrived. */
  readonly recentReserveDate: string | null;
  readonly canceledCount: number;
  /** RFC 3339, UTC: the time of the latest event that counted, or of the recount that corrected it. */
  readonly updatedAt: string;
}

/** One event of a reservation's saga. */
export interface SagaStep {
  /** The event's id. */
  readonly id: string;
  readonly reservationId: string;
  readonly event: string;
  readonly service: Service;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly detail: string | null;
}

export type DashboardState = {
  readonly info: CustomerInfo;
  readonly step: SagaStep;
};

export type Known = Partial<DashboardState>;

export interface Decision {
  readonly write?: Known;
  readonly publish?: readonly DomainEvent<'CustomerInfoUpdated'>[];
}
