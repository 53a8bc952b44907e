import { isRefused, type Refused } from '../refusal.ts';
import { Admission, type AdmissionLimits } from './admission.ts';
import type { Visit } from './visit.ts';

/** An admission whose clock and loop the test drives. */
export function startAdmission(limits: Partial<AdmissionLimits> = {}) {
  const timers = new Set<() => void>();
  let lagMs = 0;
  let now = 0;
  const admission = new Admission({
    limits: { clientInFlight: 2, clientShare: 1_000, inFlight: 3, queue: 4, ...limits },
    costLimit: 10_000,
    lagMs: () => lagMs,
    now: () => now,
    clock: {
      now: () => now,
      after: (_ms, callback) => {
        timers.add(callback);
        return () => void timers.delete(callback);
      },
    },
  });
  const codeOf = (refused: Refused | undefined) =>
    refused ? `${refused.status} ${refused.errors[0]?.extensions?.code}` : 'runs';
  const entered = (source: string): Visit => {
    const visit = admission.enter(source);
    if (isRefused(visit)) throw new Error(codeOf(visit));
    return visit;
  };
  /** An operation of a client; `state` is what became of it so far. */
  const operation = (source: string, bytes = 100) => {
    const seen = { state: 'waits' };
    const settle = (refused: Refused | undefined) => {
      seen.state = codeOf(refused);
    };
    const visit = admission.enter(source);
    if (isRefused(visit))
      return { seen: { state: codeOf(visit) }, finish: (_work?: object) => {}, leave: () => {} };
    const begun = visit.start(bytes);
    if (begun instanceof Promise) void begun.then(settle);
    else settle(begun);
    return { seen, finish: (work?: object) => visit.finish(work), leave: () => visit.leave() };
  };
  return {
    admission,
    entered,
    operation,
    operations: (source: string, count: number) => Array.from({ length: count }, () => operation(source)),
    lag: (ms: number) => {
      lagMs = ms;
    },
    /** All that waits has waited too long. */
    pass: () => {
      for (const callback of [...timers]) callback();
    },
    advance: (ms: number) => {
      now += ms;
    },
    timers,
  };
}

export const statesOf = async (operations: readonly { readonly seen: { state: string } }[]) => {
  await Promise.resolve();
  return operations.map(({ seen }) => seen.state);
};
