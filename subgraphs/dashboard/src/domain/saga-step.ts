import type { EventData, PublishedEvent } from '@airline/schema/events';
import type { SagaStep } from './model.ts';

/** The events of a saga in the order in which one causes another: it parts those of the same millisecond. */
const details = {
  ReservationPlaced: ({ seatQty, flightId }) => `${seatQty} seats on flight ${flightId}`,
  RemainingSeatsDecreased: ({ seatQty, cost, remainingSeatsCount }) =>
    `${seatQty} seats held at ${cost} each, ${remainingSeatsCount} remain`,
  SeatsSoldOut: ({ reason }) => reason,
  Paid: ({ cost }) => `${cost} paid`,
  PaymentDeclined: ({ cost }) => `${cost} declined`,
  ReservationSucceeded: () => null,
  ReservationCanceled: ({ reason }) => reason,
  RemainingSeatsIncreased: ({ seatQty, remainingSeatsCount }) =>
    `${seatQty} seats released, ${remainingSeatsCount} remain`,
  PaymentRefunded: ({ cost }) => `${cost} refunded`,
} satisfies { [Type in PublishedEvent['type']]?: (data: EventData<Type>) => string | null };

/** What an event is about, as data. */
type Facts = Pick<SagaStep, 'seatQty' | 'amount' | 'currency' | 'reason'>;

export type SagaEventType = keyof typeof details;

// The compiler takes the keys of an object for any text.
export const sagaEventTypes = Object.keys(details) as SagaEventType[];

/** What a person wants to know of one event of a saga. */
export function sagaStep(event: PublishedEvent<SagaEventType>): SagaStep {
  const describe = details[event.type] as (data: typeof event.data) => string | null;
  const { reservationId } = event.data;
  return {
    id: `${event.type}/${reservationId}`,
    reservationId,
    event: event.type,
    service: event.source,
    at: event.time,
    detail: describe(event.data),
    ...factsOf(event),
    traceId: /^[\da-f]{2}-([\da-f]{32})-/.exec(event.traceparent ?? '')?.[1] ?? null,
    customerId: null,
    reserveDate: null,
    statistics: 'DONE',
  };
}

function factsOf({ type, data }: PublishedEvent<SagaEventType>): Facts {
  switch (type) {
    case 'RemainingSeatsDecreased':
      return {
        seatQty: data.seatQty,
        amount: data.seatQty * data.cost,
        currency: data.currency,
        reason: null,
      };
    case 'Paid':
    case 'PaymentDeclined':
    case 'PaymentRefunded':
      return { seatQty: null, amount: data.cost, currency: data.currency, reason: null };
    case 'SeatsSoldOut':
    case 'ReservationCanceled':
      return { seatQty: data.seatQty, amount: null, currency: null, reason: data.reason };
    case 'ReservationPlaced':
    case 'RemainingSeatsIncreased':
      return { seatQty: data.seatQty, amount: null, currency: null, reason: null };
    case 'ReservationSucceeded':
      return { seatQty: null, amount: null, currency: null, reason: null };
  }
}

/** The customer whose reservation it is; undefined until the step of its placement or cancellation is stored. */
export const ownerOf = (steps: readonly Pick<SagaStep, 'customerId'>[]): string | undefined =>
  steps.find(({ customerId }) => customerId !== null)?.customerId ?? undefined;

/** By time, and within a millisecond by cause and effect. */
export function inOrder<Step extends Pick<SagaStep, 'at' | 'event'>>(steps: readonly Step[]): Step[] {
  const rank = ({ event }: Step) => sagaEventTypes.indexOf(event as SagaEventType);
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : rank(a) - rank(b)));
}
