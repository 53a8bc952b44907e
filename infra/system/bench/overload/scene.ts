import { parseMetrics } from '@airline/e2e/parse-metrics';
import { ANY_MACHINE, type SystemOnRedis, startOnRedis } from '@airline/e2e/system';
import { present, until } from '@airline/testing';
import { request } from 'undici';
import { percentiles, runConcurrently } from '../measure.ts';
import { Clients, type Outcome, type Wish } from './requests.ts';
import { Workload } from './workload.ts';

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

export interface Latencies {
  readonly reads: Percentiles;
  readonly bookings: Percentiles;
}

/** Tests of something else raise these. */
const DEFAULT_LIMITS = Object.fromEntries(Object.keys(ANY_MACHINE).map((name) => [name, undefined]));
const CUSTOMERS = 200;
/** How long the router may take to end what nobody waits for any more. */
const CALM_WITHIN_MS = 60_000;

/** A system in production, each service a process of its own, and its customers, whom the router tells apart by their address. */
export class Scene implements AsyncDisposable {
  readonly system: SystemOnRedis;
  readonly clients: Clients;
  readonly workload: Workload;

  private constructor(system: SystemOnRedis, workload: Workload) {
    this.system = system;
    this.clients = new Clients(system.url);
    this.workload = workload;
  }

  static async open(): Promise<Scene> {
    const system = await startOnRedis({
      ...DEFAULT_LIMITS,
      NODE_ENV: 'production',
    });
    return new Scene(system, await Workload.open(system.url));
  }

  get router(): number | undefined {
    return this.system.processes.router?.pid;
  }

  /** One of many customers sends something. */
  async send(index: number, wish: Wish, address = `127.1.0.${1 + (index % CUSTOMERS)}`): Promise<Outcome> {
    const outcome = await this.clients.send(address, wish);
    this.workload.note(outcome);
    return outcome;
  }

  /** So much of the workload, as fast as the system does it. @returns how much it does in a second */
  async warmUp(count: number): Promise<number> {
    const begun = performance.now();
    await runConcurrently(count, 32, (index) => this.send(index, this.workload.wish(index)));
    return (count * 1000) / (performance.now() - begun);
  }

  /** What the router has to do, by its metrics, and connections other than those of these customers. */
  async load() {
    const { body } = await request(new URL('/metrics', this.system.url), { reset: true });
    const metrics = parseMetrics(await body.text());
    const value = (name: string) => present(metrics.value(name), name);
    return {
      running: value('router_operations_running'),
      waiting: value('router_operations_waiting'),
      subscriptions: value('subscriptions_open'),
      connections: value('router_connections_open') - this.clients.connections,
    };
  }

  /** Waits until the router has nothing to do, and as few connections as before. */
  async calm(connections: number): Promise<void> {
    const isCalm = async () => {
      const load = await this.load();
      if (load.running + load.waiting + load.subscriptions === 0 && load.connections <= connections)
        return true;
      throw new Error(`It has ${JSON.stringify(load)}; before, connections: ${connections}.`);
    };
    await until('the router has nothing to do', isCalm, CALM_WITHIN_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clients[Symbol.asyncDispose]();
    await this.system[Symbol.asyncDispose]();
  }
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

/** How many were served and refused, and how the others failed. */
export const countsOf = (outcomes: readonly Outcome[]) => ({
  served: outcomes.filter(({ as }) => as === 'served').length,
  refused: outcomes.filter(({ as }) => as === 'refused').length,
  failures: outcomes.flatMap(({ as }) => (typeof as === 'object' ? [as.failure] : [])),
});
