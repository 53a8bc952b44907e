import type { Client, Refused } from '../request.ts';
import { limitExceeded } from './errors.ts';
import type { Limits } from './types.ts';

export const defaultLimits: Limits = {
  perConnection: 100,
  perClient: 1000,
  total: 100_000,
  queuedResults: 64,
  waitingEvents: 1000,
};

/** Whose subscription is counted. */
export interface Counted {
  readonly client: Client;
  readonly connection: object | undefined;
}

export type Admission = ReturnType<typeof createAdmission>;

/** Counts subscriptions per connection, per client and in all. */
export function createAdmission(limits: Limits) {
  const connections = new Map<object, number>();
  const clients = new Map<string, number>();
  let total = 0;

  return {
    get total(): number {
      return total;
    },
    /** Counts one more, or returns why it is refused. */
    admit({ client, connection }: Counted): Refused | undefined {
      if (total >= limits.total) return limitExceeded('The router', limits.total);
      if (connection && (connections.get(connection) ?? 0) >= limits.perConnection) {
        return limitExceeded('A connection', limits.perConnection);
      }
      if ((clients.get(client.source) ?? 0) >= limits.perClient) {
        return limitExceeded('A client', limits.perClient);
      }
      total += 1;
      if (connection) add(connections, connection, 1);
      add(clients, client.source, 1);
      return undefined;
    },
    release({ client, connection }: Counted): void {
      total -= 1;
      if (connection) add(connections, connection, -1);
      add(clients, client.source, -1);
    },
  };
}

function add<Key>(counts: Map<Key, number>, key: Key, more: number): void {
  const count = (counts.get(key) ?? 0) + more;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
