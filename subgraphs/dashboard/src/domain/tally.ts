import { uuidTime } from '@airline/schema/events';
import type { Decision, Known, Outcome, SagaStep, Tally } from './model.ts';

// The statistics count the placement and the outcomes of each reservation once, in the commit that stores the step: sums
// and a final state, so whatever the order of the steps, they end the same.

/** The events that statistics count. */
export const talliedEvents = ['ReservationPlaced', 'ReservationSucceeded', 'ReservationCanceled'] as const;

/** Upper limits of the buckets, in ms; what takes longer than the last has one bucket more. */
export const latencyLimitsMs = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000,
] as const;

/** A step that may be tallied. */
type Tallied = Pick<SagaStep, 'id' | 'reservationId' | 'event' | 'at'>;

/** The rows that tell what of a step was counted. */
export const talliedBy = ({ id, event, reservationId }: Tallied) => ({
  step: id,
  ...(event !== 'ReservationPlaced' && { outcome: reservationId }),
});

/** Adds to a decision about a step what the statistics count of it, unless they have it. */
export function withTally(known: Known, step: SagaStep, decision: Decision): Decision {
  if (known.step?.statistics === 'DONE') return decision;
  const stored: SagaStep = { ...(decision.write?.step ?? known.step ?? step), statistics: 'DONE' };
  // An older release, which keys steps by other ids, may have stored it beside one that is counted.
  const isOther = step.id !== `${step.event}/${step.reservationId}`;
  if (isOther) return { ...decision, write: { ...decision.write, step: stored } };
  const after = outcomeAfter(step, known.outcome);
  return {
    ...decision,
    write: { ...decision.write, step: stored, ...(after && { outcome: after }) },
    add: {
      totals: {
        id: 'all',
        placed: after ? 0 : 1,
        succeeded: change('SUCCEED', known.outcome, after),
        canceled: change('CANCELED', known.outcome, after),
      },
      tally: once(step, nameOf(step)),
      ...latencyOf(step),
    },
  };
}

/** What the reservation of a step has become; undefined for its placement. */
function outcomeAfter({ event, reservationId }: SagaStep, before: Outcome | undefined): Outcome | undefined {
  if (event === 'ReservationPlaced') return undefined;
  const isCanceled = event === 'ReservationCanceled' || before?.status === 'CANCELED';
  return { reservationId, status: isCanceled ? 'CANCELED' : 'SUCCEED' };
}

const change = (status: Outcome['status'], before: Outcome | undefined, after: Outcome | undefined) =>
  after ? Number(after.status === status) - Number(before?.status === status) : 0;

const nameOf = ({ event, detail }: SagaStep): string => {
  if (event === 'ReservationPlaced') return 'PLACED';
  // The detail of a cancellation is its reason.
  return event === 'ReservationSucceeded' ? 'SUCCEED' : String(detail);
};

/** The id of a reservation has the time of its placement. A customer's cancellation would measure the customer. */
function latencyOf(step: SagaStep): { latency?: Tally } {
  const placedAt = uuidTime(step.reservationId);
  if (placedAt === undefined || ['PLACED', 'CUSTOMER'].includes(nameOf(step))) return {};
  const ms = Math.max(0, Date.parse(step.at) - placedAt);
  const bucket = latencyLimitsMs.findIndex((limit) => ms <= limit);
  return { latency: once(step, String(bucket === -1 ? latencyLimitsMs.length : bucket)) };
}

const once = ({ at }: SagaStep, what: string): Tally => ({ id: `${minuteOf(at)} ${what}`, count: 1 });

/** The minute of an instant in RFC 3339, UTC. */
export const minuteOf = (at: string): string => at.slice(0, '2024-11-21T10:00'.length);
