import type { Client, ConnectUpstream, PlannedSubscription, SubgraphResult } from './types.ts';
import { type PrimaryPart, Upstream, type UpstreamHost } from './upstream.ts';

export interface StreamHost {
  readonly connect: ConnectUpstream;
  /** The last upstream has ended. */
  emptied(stream: object): void;
  failed(error: unknown): void;
}

/**
 * All upstreams of one primary part and authority: as a rule one, the live one, which all join who bring no cursor.
 *
 * ```
 *   cursor 3 ──► upstream from 3 ──5──┐ position 5: the same as the live one's,
 *   cursor 5 ──────────────┐          ▼ so its groups move there and it ends
 *   no cursor ─► live ──4──5──────────●──6──►
 * ```
 *
 * **Who brings a cursor** joins the upstream whose last event has that very cursor, or else gets one of its own, which
 * all with this cursor share until its first event. Two upstreams that come to the same event are made one: both have
 * given their groups everything up to it. So a router that restarts serves thousands who come back with the same few
 * cursors by a few upstreams, and after the next event by one. Positions are of events only: a state that was sent
 * first may be ahead of its cursor, and the subgraph then leaves out events that an upstream without state still needs.
 *
 * **Who joins late without a cursor** gets what a new subscription would. Whether that begins with a state is learnt
 * from the live upstream's first result:
 *  - it has the cursor that the subgraph announced: a state was sent first, and the latest event is the state by now;
 *  - it has a later one: an event. Either there is no state (all customers), or there was none yet (a customer who
 *    then booked). So the next to join opens a second live upstream; now that there was an event, an upstream that still
 *    begins with an event shows that the subscription has no state. Either way the two meet at the next event;
 *  - nothing was announced: there are no cursors, and it is shared as if it had no state.
 */
export class Stream<P extends PlannedSubscription> implements UpstreamHost<P> {
  readonly #primary: PrimaryPart;
  readonly #host: StreamHost;
  readonly #all = new Set<Upstream<P>>();
  /** No two are at one position. */
  readonly #byPosition = new Map<string, Upstream<P>>();
  /** Upstreams that were opened after an event of this stream had come. */
  readonly #openedLate = new WeakSet<Upstream<P>>();
  #live: Upstream<P> | undefined;
  #state: 'unknown' | 'first' | 'none' = 'unknown';
  #hadEvent = false;

  constructor(primary: PrimaryPart, host: StreamHost) {
    this.#primary = primary;
    this.#host = host;
  }

  get connect(): ConnectUpstream {
    return this.#host.connect;
  }

  get size(): number {
    return this.#all.size;
  }

  /** The upstream to join; a new one is connected by the caller, once it has a member. */
  upstream(client: Client, cursor: string | undefined): Upstream<P> {
    if (cursor !== undefined) return this.#byPosition.get(cursor) ?? this.#open(client, cursor);
    const isJoinable = this.#live && (this.#state !== 'unknown' || !this.#live.latest);
    if (!this.#live || !isJoinable) this.#live = this.#open(client, undefined);
    return this.#live;
  }

  stateOf(upstream: Upstream<P>): SubgraphResult | undefined {
    return this.#state === 'first' && upstream === this.#live ? upstream.latest : undefined;
  }

  receiving(upstream: Upstream<P>, result: SubgraphResult): void {
    const cursor = result.extensions?.cursor;
    const begins = !upstream.latest && upstream.resumedFrom === undefined;
    const isState = begins && cursor !== undefined && cursor === upstream.announced;
    if (begins && this.#state === 'unknown') {
      const hasCursors = cursor !== undefined && upstream.announced !== undefined;
      if (isState) this.#state = 'first';
      else if (!hasCursors || this.#openedLate.has(upstream)) this.#state = 'none';
    }
    if (isState) return;
    this.#hadEvent = true;
    this.#leavePosition(upstream);
    upstream.position = cursor;
  }

  received(upstream: Upstream<P>): void {
    const { position } = upstream;
    if (position === undefined) return;
    const other = this.#byPosition.get(position);
    if (!other || other === upstream) this.#byPosition.set(position, upstream);
    else if (upstream === this.#live) {
      this.#byPosition.set(position, upstream);
      upstream.take(other);
    } else other.take(upstream);
  }

  closed(upstream: Upstream<P>): void {
    this.#all.delete(upstream);
    this.#leavePosition(upstream);
    if (this.#live === upstream) this.#live = undefined;
    if (this.#all.size === 0) this.#host.emptied(this);
  }

  failed(error: unknown): void {
    this.#host.failed(error);
  }

  #open(client: Client, cursor: string | undefined): Upstream<P> {
    const upstream = new Upstream<P>(this.#primary, client, cursor, this);
    if (this.#hadEvent) this.#openedLate.add(upstream);
    if (cursor !== undefined) this.#byPosition.set(cursor, upstream);
    this.#all.add(upstream);
    return upstream;
  }

  #leavePosition(upstream: Upstream<P>): void {
    const { position } = upstream;
    if (position !== undefined && this.#byPosition.get(position) === upstream) {
      this.#byPosition.delete(position);
    }
  }
}
