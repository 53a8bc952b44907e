import { monitorEventLoopDelay } from 'node:perf_hooks';
import { residentMb } from '../memory.ts';
import { HealthWatch } from './health.ts';
import { type Outcome, sendAtRate } from './requests.ts';
import { countsOf, type Latencies, latenciesOf, type Scene } from './scene.ts';
import type { Workload } from './workload.ts';

export interface OverloadOptions {
  /** Of each phase. */
  readonly seconds: number;
  /** Times the sustainable rate. */
  readonly factor: number;
  readonly warmUp: number;
}

export interface Overload extends ReturnType<typeof countsOf> {
  readonly sustainable: number;
  readonly unloaded: Latencies;
  /** As clients connect, as what is rarely run is compiled, and as it stays. */
  readonly overloaded: readonly { readonly phase: string; readonly latencies: Latencies }[];
  /** How late the measuring process is itself, in ms: it runs on the same cores, though before all others. */
  readonly clientLag: { readonly p50: number; readonly p99: number };
  readonly offered: number;
  readonly health: { readonly asked: number; readonly failures: number; readonly worstMs: number };
  /** Of the router, in MB. */
  readonly memory: { readonly before: number; readonly during: number };
  /** Until a booking took as long as without load. */
  readonly recoveryMs: number;
  readonly lost: Awaited<ReturnType<Workload['check']>>;
}

/** In seconds. */
const PHASES = [
  { phase: 'first second', from: 0, to: 1 },
  { phase: 'seconds 2 to 5', from: 1, to: 5 },
  { phase: 'afterwards', from: 5, to: Number.POSITIVE_INFINITY },
];

/** Offers a system more than it can do. */
export async function measureOverload(
  scene: Scene,
  { seconds, factor, warmUp }: OverloadOptions,
): Promise<Overload> {
  const { system, workload } = scene;
  const send = (index: number) => scene.send(index, workload.wish(index));
  await scene.warmUp(warmUp);
  const unloaded = latenciesOf(await sendAtRate({ perSecond: 20, seconds }, send));
  const sustainable = await scene.warmUp(warmUp);

  const before = residentMb(scene.router);
  await using health = new HealthWatch(system.healthUrl);
  const perSecond = sustainable * factor;
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  const outcomes = await sendAtRate({ perSecond, seconds }, send);
  own.disable();
  const during = residentMb(scene.router);
  const { asked, failures, worstMs } = health;
  return {
    sustainable,
    unloaded,
    overloaded: PHASES.filter(({ from }) => from < seconds).map(({ phase, from, to }) => ({
      phase,
      latencies: latenciesOf(outcomes.slice(from * perSecond, to * perSecond)),
    })),
    clientLag: { p50: own.percentile(50) / 1e6 - 5, p99: own.percentile(99) / 1e6 - 5 },
    offered: outcomes.length,
    ...countsOf(outcomes),
    health: { asked, failures, worstMs },
    memory: { before, during },
    recoveryMs: await recover(() => send(0), unloaded.bookings.p99),
    lost: await workload.check(),
  };
}

/** @returns how long it took until something took no longer than it should */
async function recover(send: () => Promise<Outcome>, within: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { as, ms } = await send();
    if (as === 'served' && ms <= within) return performance.now() - begun;
  }
}
