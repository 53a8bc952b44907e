import type { Client, Refused } from '../request.ts';
import { canonicalJson } from './canonical-json.ts';
import { internalError, schemaInvalidated, shuttingDown, tokenExpired } from './errors.ts';
import { createExpiry } from './expiry.ts';
import { Group, type GroupHost } from './group.ts';
import { createAdmission, defaultLimits } from './limits.ts';
import { Member } from './member.ts';
import { Stream, type StreamHost } from './stream.ts';
import type {
  Clock,
  ConnectUpstream,
  Limits,
  PlannedSubscription,
  Replan,
  SubscribeOptions,
} from './types.ts';
import type { Upstream } from './upstream.ts';

export interface SubscriptionsOptions {
  readonly connect: ConnectUpstream;
  readonly clock: Clock;
  readonly limits?: Partial<Limits> | undefined;
  /** Told of faults of the router that a client only sees as an internal error. */
  readonly failed: (error: unknown) => void;
}

/** What is alive at present. */
export interface Counts {
  readonly upstreams: number;
  readonly groups: number;
  readonly members: number;
}

/** What has happened since the start. */
export interface Totals {
  /** Answers handed to members. */
  readonly pushed: number;
  /** Members that were ended because they read too slowly. */
  readonly dropped: number;
  /** Members that went on from a cursor. */
  readonly resumed: number;
}

export interface Subscriptions<P extends PlannedSubscription> {
  /**
   * Plan and subscribe in one go, without waiting between: a plan of an older supergraph would not be replanned.
   * The member is over once it is read to its end, `return()` is called, or its `failure` is set.
   */
  subscribe(planned: P, options: SubscribeOptions): Member | Refused;
  /** A new supergraph is in force: plans all live groups again, and ends only those that cannot be. */
  reload(replan: Replan<P>): void;
  counts(): Counts;
  totals(): Totals;
  /** Ends all with SERVER_SHUTTING_DOWN, and refuses new ones with it. */
  close(): void;
}

/**
 * Subscriptions of clients on subscriptions of subgraphs, shared at three levels:
 *
 * ```
 *   subgraph ══► upstream ─┬─► group ─┬─► member ─► reader        upstream  one subscription at the subgraph per
 *                          │          └─► member ─► reader                  (subgraph, primary part, authority)
 *                          └─► group ───► member ─► reader        group     one execution per event and
 *                                                                           (operation, variables, authority)
 *                                                                 member    one bounded queue
 * ```
 *
 * Nothing here knows a transport or a planner: the primary part is subscribed to by `connect`, and the rest of an
 * operation is fetched by `PlannedSubscription.execute`.
 */
export function createSubscriptions<P extends PlannedSubscription>(
  options: SubscriptionsOptions,
): Subscriptions<P> {
  const { connect, clock, failed } = options;
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const admission = createAdmission(limits);
  const expiry = createExpiry<Member>(clock, (member) => member.end(tokenExpired, { dropQueued: true }));
  const streams = new Map<string, Stream<P>>();
  const groups = new Set<Group<P>>();
  let isClosed = false;
  const totals = { pushed: 0, dropped: 0, resumed: 0 };

  const groupHost: GroupHost = {
    waitingEvents: limits.waitingEvents,
    left(member) {
      admission.release(member);
      expiry.remove(member.client.authority.expiresAt, member);
    },
    delivered(pushed, dropped) {
      totals.pushed += pushed;
      totals.dropped += dropped;
    },
    emptied: (group) => void groups.delete(group as Group<P>),
    failed,
  };

  const streamKey = ({ primary }: P, { authority }: Client): string =>
    canonicalJson([primary.subgraph, primary.query, primary.variables, authority.key]);

  function streamOf(planned: P, client: Client): Stream<P> {
    const key = streamKey(planned, client);
    const known = streams.get(key);
    if (known) return known;
    const host: StreamHost = { connect, emptied: () => void streams.delete(key), failed };
    const stream = new Stream<P>(planned.primary, host);
    streams.set(key, stream);
    return stream;
  }

  function refusal(client: Client): Refused | undefined {
    const { expiresAt } = client.authority;
    if (isClosed) return { status: 503, ...shuttingDown };
    if (expiresAt !== undefined && expiresAt <= clock.now()) return { status: 401, ...tokenExpired };
    return undefined;
  }

  /**
   * Attached again from where it is, or from the state where no event has come. What it has received is still executed by
   * the old plan, whose shape it has.
   */
  function move(group: Group<P>, planned: P): Upstream<P> {
    const from = group.upstream;
    const { client } = group;
    const stream = streamOf(planned, client);
    const to = from?.cursor === undefined ? stream.anew(client) : stream.upstream(client, from.cursor);
    group.planned = planned;
    to.add(group);
    from?.remove(group);
    group.settle();
    return to;
  }

  /** Answers the upstream that it has moved to, if it had to. */
  function planAgain(group: Group<P>, replan: Replan<P>): Upstream<P> | undefined {
    // Its upstream has ended: it only executes what is left.
    if (!group.upstream) return undefined;
    let planned: ReturnType<Replan<P>>;
    try {
      planned = replan(group.planned);
    } catch (error) {
      failed(error);
      planned = internalError;
    }
    if ('errors' in planned) group.finish(schemaInvalidated(planned.errors));
    else if (streamKey(planned, group.client) === streamKey(group.planned, group.client)) group.swap(planned);
    else return move(group, planned);
    return undefined;
  }

  return {
    subscribe(planned, { client, cursor, connection, ended, delivery = 'all' }) {
      const refused = refusal(client) ?? admission.admit({ client, connection });
      if (refused) return refused;
      if (cursor !== undefined) totals.resumed += 1;
      const upstream = streamOf(planned, client).upstream(client, cursor);
      const key = canonicalJson([planned.key, planned.variables]);
      let group = upstream.joinable(key);
      if (!group) {
        group = new Group(key, planned, client, groupHost);
        groups.add(group);
        upstream.add(group);
      }
      const member = new Member({ client, delivery, connection, ended, capacity: limits.queuedAnswers });
      upstream.shareWith(client);
      group.join(member, cursor === undefined ? upstream.state : undefined);
      expiry.add(client.authority.expiresAt, member);
      upstream.connect();
      return member;
    },
    reload(replan) {
      const moved = [...groups].map((group) => planAgain(group, replan));
      // Once all have moved: what begins anew is shared by all who move to it.
      for (const upstream of moved) upstream?.connect();
    },
    counts() {
      const upstreams = [...streams.values()].reduce((sum, { size }) => sum + size, 0);
      return { upstreams, groups: groups.size, members: admission.total };
    },
    totals: () => totals,
    close() {
      isClosed = true;
      for (const group of [...groups]) group.end(shuttingDown, { dropQueued: true });
    },
  };
}
