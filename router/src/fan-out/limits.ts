import { overloaded } from '../admission/refusals.ts';
import type { Refused } from '../refusal.ts';
import type { Client } from '../request.ts';
import { defaultBytes } from '../weight.ts';
import { costExceeded, limitExceeded, weightExceeded } from './errors.ts';

export interface Limits {
  /** Subscriptions at once of one connection, of one client, and in all. */
  readonly perConnection: number;
  readonly perClient: number;
  /** What one event may cost with all different subscriptions of one client; 0: anything. */
  readonly costPerClient: number;
  readonly total: number;
  /** Bytes that what is executed apart for one client may weigh, and for all. */
  readonly weightPerClient: number;
  readonly weight: number;
  /** Results that wait for one member's reader. */
  readonly queuedResults: number;
  /** Events that wait for their execution in one group. */
  readonly waitingEvents: number;
}

const WEIGHT = defaultBytes();

export const defaultLimits: Limits = {
  perConnection: 100,
  perClient: 1000,
  costPerClient: 0,
  total: 100_000,
  weightPerClient: WEIGHT / 8,
  weight: WEIGHT,
  queuedResults: 64,
  waitingEvents: 1000,
};

/** What is executed once for an event: all subscriptions that have this very object. */
export interface Execution {
  /** Estimated, of one event. */
  readonly cost: number;
  /** Bytes of memory that it takes about while it lives. */
  readonly weight: number;
}

/** Whose subscription is counted. */
export interface Counted {
  readonly client: Client;
  readonly connection: object | undefined;
  readonly execution: Execution;
}

export type Admission = ReturnType<typeof createAdmission>;

/** Counts subscriptions per connection, per client and in all, what an event costs with those of a client that are executed apart, and what they weigh. */
export function createAdmission(limits: Limits) {
  const connections = new Map<object, number>();
  const clients = new Map<string, Together>();
  const all = new Together();

  return {
    get total(): number {
      return all.count;
    },
    /** Counts one more, or returns why it is refused. */
    admit({ client, connection, execution }: Counted): Refused | undefined {
      const known = clients.get(client.source) ?? new Together();
      if (all.count >= limits.total) return limitExceeded('The router', limits.total);
      if (connection && (connections.get(connection) ?? 0) >= limits.perConnection) {
        return limitExceeded('A connection', limits.perConnection);
      }
      if (known.count >= limits.perClient) return limitExceeded('A client', limits.perClient);
      if (limits.costPerClient > 0 && known.costWith(execution) > limits.costPerClient) {
        return costExceeded(limits.costPerClient);
      }
      if (known.weightWith(execution) > limits.weightPerClient) return weightExceeded;
      if (all.weightWith(execution) > limits.weight) return overloaded;
      all.add(execution);
      if (connection) add(connections, connection, 1);
      clients.set(client.source, known);
      known.add(execution);
      return undefined;
    },
    release({ client, connection, execution }: Counted): void {
      all.remove(execution);
      if (connection) add(connections, connection, -1);
      const known = clients.get(client.source);
      known?.remove(execution);
      if (known?.count === 0) clients.delete(client.source);
    },
    /** Counts one as a part of another execution from now on. */
    move({ client, execution }: Counted, to: Execution): void {
      for (const known of [all, clients.get(client.source)]) {
        known?.add(to);
        known?.remove(execution);
      }
    },
  };
}

/** The subscriptions of one client, or of all. */
class Together {
  count = 0;
  #cost = 0;
  #weight = 0;
  /** How many subscriptions share each. */
  readonly #executions = new Map<Execution, number>();

  costWith(execution: Execution): number {
    return this.#executions.has(execution) ? 0 : this.#cost + execution.cost;
  }

  weightWith(execution: Execution): number {
    return this.#executions.has(execution) ? 0 : this.#weight + execution.weight;
  }

  add(execution: Execution): void {
    this.count += 1;
    if (!this.#executions.has(execution)) this.#grow(execution.cost, execution.weight);
    add(this.#executions, execution, 1);
  }

  remove(execution: Execution): void {
    this.count -= 1;
    add(this.#executions, execution, -1);
    if (!this.#executions.has(execution)) this.#grow(-execution.cost, -execution.weight);
  }

  #grow(cost: number, weight: number): void {
    this.#cost += cost;
    this.#weight += weight;
  }
}

function add<Key>(counts: Map<Key, number>, key: Key, more: number): void {
  const count = (counts.get(key) ?? 0) + more;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
