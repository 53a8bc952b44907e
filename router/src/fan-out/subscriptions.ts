import type { Clock } from '../clock.ts';
import type { Refused } from '../refusal.ts';
import type { Client } from '../request.ts';
import { digestOf } from './canonical-json.ts';
import { internalError, requestExpired, schemaInvalidated, shuttingDown, tokenExpired } from './errors.ts';
import { createExpiry, type Expiry } from './expiry.ts';
import { Group, type GroupHost } from './group.ts';
import type { Limits } from './limits.ts';
import { type Admission, createAdmission, defaultLimits, type Execution } from './limits.ts';
import { Member } from './member.ts';
import { Stream } from './stream.ts';
import type { ConnectUpstream, PlannedSubscription, Replan, SubscribeOptions } from './types.ts';
import type { Upstream } from './upstream.ts';

export interface SubscriptionsOptions {
  readonly connect: ConnectUpstream;
  readonly clock: Clock;
  readonly limits?: Partial<Limits> | undefined;
  /** Called with faults of the router, which a client only sees as an internal error. */
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
  /** Results pushed to members. */
  readonly pushed: number;
  /** Members that were ended because they read too slowly. */
  readonly dropped: number;
  /** Members that resumed from a cursor. */
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
  return new Hub(options);
}

class Hub<P extends PlannedSubscription> implements Subscriptions<P>, GroupHost<P> {
  readonly waitingEvents: number;
  readonly #options: SubscriptionsOptions;
  readonly #limits: Limits;
  readonly #admission: Admission;
  readonly #expiry: Expiry<Member>;
  readonly #streams = new Map<string, Stream<P>>();
  readonly #groups = new Set<Group<P>>();
  readonly #totals = { pushed: 0, dropped: 0, resumed: 0 };
  #isClosed = false;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.waitingEvents = this.#limits.waitingEvents;
    this.#admission = createAdmission(this.#limits);
    this.#expiry = createExpiry(options.clock, (member) => member.end(tokenExpired, { dropQueued: true }));
  }

  subscribe(planned: P, options: SubscribeOptions): Member | Refused {
    const { client, cursor, connection, ended, delivery = 'all' } = options;
    const key = digestOf([planned.key, planned.variables]);
    const known = this.#streams.get(streamKey(planned, client))?.find(cursor)?.joinable(key);
    // Not by the key: under other credentials or from another event, the same is executed once more.
    const execution = known?.execution ?? { cost: planned.cost, weight: planned.weight };
    const refused = this.#refusal(client) ?? this.#admission.admit({ client, connection, execution });
    if (refused) return refused;
    if (cursor !== undefined) this.#totals.resumed += 1;
    const upstream = this.#streamOf(planned, client).upstream(client, cursor);
    let group = known;
    if (!group) {
      group = new Group(key, planned, client, execution, this);
      this.#groups.add(group);
      upstream.add(group);
    }
    const capacity = this.#limits.queuedResults;
    const member = new Member({ client, delivery, connection, execution, ended, capacity });
    upstream.shareWith(client);
    group.join(member, cursor === undefined ? upstream.state : undefined);
    this.#expiry.add(client.authority.expiresAt, member);
    upstream.connect();
    return member;
  }

  reload(replan: Replan<P>): void {
    const moved = [...this.#groups].map((group) => this.#planAgain(group, replan));
    // Once all have moved: what begins anew is shared by all who move to it.
    for (const upstream of moved) upstream?.connect();
  }

  counts(): Counts {
    const upstreams = [...this.#streams.values()].reduce((sum, { size }) => sum + size, 0);
    return { upstreams, groups: this.#groups.size, members: this.#admission.total };
  }

  totals(): Totals {
    return this.#totals;
  }

  close(): void {
    this.#isClosed = true;
    for (const group of [...this.#groups]) group.end(shuttingDown, { dropQueued: true });
  }

  left(member: Member): void {
    this.#admission.release(member);
    this.#expiry.remove(member.client.authority.expiresAt, member);
  }

  moved(member: Member, to: Execution): void {
    this.#admission.move(member, to);
    member.execution = to;
  }

  emptied(group: Group<P>): void {
    this.#groups.delete(group);
  }

  delivered(pushed: number, dropped: number): void {
    this.#totals.pushed += pushed;
    this.#totals.dropped += dropped;
  }

  failed(error: unknown): void {
    this.#options.failed(error);
  }

  #refusal({ authority: { expiresAt } }: Client): Refused | undefined {
    if (this.#isClosed) return { status: 503, ...shuttingDown };
    const isExpired = expiresAt !== undefined && expiresAt <= this.#options.clock.now();
    return isExpired ? { status: 401, ...requestExpired } : undefined;
  }

  #streamOf(planned: P, client: Client): Stream<P> {
    const key = streamKey(planned, client);
    const known = this.#streams.get(key);
    if (known) return known;
    const { connect, failed } = this.#options;
    const stream = new Stream<P>(planned.primary, {
      connect,
      emptied: () => void this.#streams.delete(key),
      failed,
    });
    this.#streams.set(key, stream);
    return stream;
  }

  /** @returns the upstream that the group has moved to, if it had to */
  #planAgain(group: Group<P>, replan: Replan<P>): Upstream<P> | undefined {
    // Its upstream has ended: it only executes what is left.
    if (!group.upstream) return undefined;
    let planned: ReturnType<Replan<P>>;
    try {
      planned = replan(group.planned);
    } catch (error) {
      this.failed(error);
      planned = internalError;
    }
    if ('errors' in planned) group.finish(schemaInvalidated(planned.errors));
    else if (streamKey(planned, group.client) === streamKey(group.planned, group.client)) group.swap(planned);
    else return this.#move(group, planned);
    return undefined;
  }

  /**
   * Attached again from where it is, or from the state where no event has come. What it has received is still executed by
   * the old plan, whose shape it has.
   */
  #move(group: Group<P>, planned: P): Upstream<P> {
    const from = group.upstream;
    const { client } = group;
    const stream = this.#streamOf(planned, client);
    const to = from?.cursor === undefined ? stream.anew(client) : stream.upstream(client, from.cursor);
    group.planned = planned;
    to.add(group);
    from?.remove(group);
    group.settle();
    return to;
  }
}

/** Subscriptions with the same key share upstreams. */
const streamKey = ({ primary }: PlannedSubscription, { authority }: Client): string =>
  digestOf([primary.subgraph, primary.query, primary.variables, authority.key]);
