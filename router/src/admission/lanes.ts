import type { Clock } from '../clock.ts';
import { OPERATOR } from '../request.ts';
import { Admission, type AdmissionLimits } from './admission.ts';
import { HeldRefusals } from './held-refusals.ts';
import { watchLag } from './lag.ts';

/** Operators share one lane, which the load of clients does not reach. */
const OPERATORS: AdmissionLimits = { clientInFlight: 16, clientShare: 16, inFlight: 16, queue: 64 };

export type Lanes = ReturnType<typeof createLanes>;

export interface LanesOptions {
  readonly limits: AdmissionLimits;
  /** Of one operation; 0: any. */
  readonly costLimit: number;
  readonly clock: Clock;
}

/** Two lanes: one of clients, and one of operators. */
export function createLanes({ limits, costLimit, clock }: LanesOptions) {
  const lag = watchLag();
  const cost = { costLimit: costLimit || Number.POSITIVE_INFINITY };
  const clients = new Admission({ limits, ...cost, lagMs: lag.lagMs, clock });
  const refusals = new HeldRefusals(clock);
  const operators = new Admission({ limits: OPERATORS, ...cost, lagMs: () => 0, clock });
  return {
    admit: (source: string) => (source === OPERATOR ? operators : clients).enter(source),
    hold: refusals.hold.bind(refusals),
    /** Of clients. */
    counts: () => ({ ...clients.counts, lagMs: lag.lagMs() }),
    close: () => lag.stop(),
  };
}
