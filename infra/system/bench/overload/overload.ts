import { setPriority } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startOnRedis } from '@airline/e2e/system';
import { percentiles, runConcurrently } from '../measure.ts';
import { residentMb } from '../memory.ts';
import { HealthWatch } from './health.ts';
import { ADDRESS_HEADER, Clients, type Outcome, sendAtRate } from './requests.ts';
import { Workload } from './workload.ts';

export interface OverloadOptions {
  /** Of each phase. */
  readonly seconds: number;
  /** Times the sustainable rate. */
  readonly factor: number;
  readonly warmUp: number;
}

export interface Overload {
  readonly sustainable: number;
  readonly unloaded: Latencies;
  readonly overloaded: Latencies;
  /** How late the measuring process is itself, in ms: it runs on the same cores, though before all others. */
  readonly clientLag: { readonly p50: number; readonly p99: number };
  readonly offered: number;
  readonly served: number;
  readonly refused: number;
  readonly failures: readonly string[];
  readonly health: { readonly asked: number; readonly failures: number; readonly worstMs: number };
  /** Of the router, in MB. */
  readonly memory: { readonly before: number; readonly during: number };
  /** Until a booking took as long as without load. */
  readonly recoveryMs: number;
  readonly lost: Awaited<ReturnType<Workload['check']>>;
}

export interface Latencies {
  readonly reads: { readonly p50: number; readonly p99: number };
  readonly bookings: { readonly p50: number; readonly p99: number };
}

const CONNECTIONS = 1_000;
const CUSTOMERS = 200;
const addressOf = (index: number) => `10.0.${index % CUSTOMERS}.1`;

/** The system, each service a process of its own, of which the router tells clients apart by a header. */
export const startSystem = (env: Readonly<Record<string, string>> = {}) =>
  startOnRedis({ NODE_ENV: 'production', CLIENT_ADDRESS_HEADER: ADDRESS_HEADER, ...env });

/** Offers a system more than it can do. */
export async function measureOverload({ seconds, factor, warmUp }: OverloadOptions): Promise<Overload> {
  await using system = await startSystem();
  await using clients = new Clients(system.url, CONNECTIONS);
  // Clients have machines of their own, and do not wait for this one's cores. (It takes a privilege.)
  try {
    setPriority(-19);
  } catch {}
  const workload = await Workload.open(system.url);
  const send = async (index: number) => {
    const outcome = await clients.send(addressOf(index), workload.wish(index));
    workload.note(outcome);
    return outcome;
  };
  await runConcurrently(warmUp, 32, send);
  const unloaded = latenciesOf(await sendAtRate({ perSecond: 20, seconds }, send));
  const begun = performance.now();
  const sent = (await runConcurrently(warmUp, 32, send)).length;
  const sustainable = (sent * 1000) / (performance.now() - begun);

  const pid = system.processes.router?.pid;
  const before = residentMb(pid);
  await using health = new HealthWatch(system.url);
  const perSecond = sustainable * factor;
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  const outcomes = await sendAtRate({ perSecond, seconds }, send);
  own.disable();
  const during = residentMb(pid);
  const { asked, failures, worstMs } = health;
  return {
    sustainable,
    unloaded,
    overloaded: latenciesOf(outcomes),
    clientLag: { p50: own.percentile(50) / 1e6 - 5, p99: own.percentile(99) / 1e6 - 5 },
    offered: outcomes.length,
    served: outcomes.filter(({ as }) => as === 'served').length,
    refused: outcomes.filter(({ as }) => as === 'refused').length,
    failures: outcomes.flatMap(({ as }) => (typeof as === 'object' ? [as.failure] : [])),
    health: { asked, failures, worstMs },
    memory: { before, during },
    recoveryMs: await recover(() => send(0), unloaded.bookings.p99),
    lost: await workload.check(),
  };
}

/** Of what was served; a booking's response names it. */
export function latenciesOf(outcomes: readonly Outcome[]): Latencies {
  const served = outcomes.filter(({ as }) => as === 'served');
  const isBooking = ({ body }: Outcome) => body.startsWith('{"data":{"placeReservation"');
  return {
    reads: percentiles(served.filter((each) => !isBooking(each)).map(({ ms }) => ms)),
    bookings: percentiles(served.filter(isBooking).map(({ ms }) => ms)),
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
