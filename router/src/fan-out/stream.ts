import type { SubgraphResult } from '@airline/service/server';
import type { Client } from '../request.ts';
import type { ConnectUpstream, PlannedSubscription } from './types.ts';
import { type PrimaryPart, Upstream, type UpstreamHost } from './upstream.ts';

export interface StreamHost {
  readonly connect: ConnectUpstream;
  /** The last upstream has ended. */
  emptied(stream: object): void;
  failed(error: unknown): void;
}

/**
 * All upstreams of one primary part and authority: as a rule one, the live one, which all members without a cursor join.
 *
 * ```
 *   cursor 3 ──► upstream from 3 ──5──┐ position 5: the same as the live one's,
 *   cursor 5 ──────────────┐          ▼ so its groups move there and it ends
 *   no cursor ─► live ──4──5──────────●──6──►
 * ```
 *
 * **A member with a cursor** joins the upstream whose last event has that very cursor, or else gets one of its own, which
 * all with this cursor share until its first event. Two upstreams that come to the same event are made one: both have
 * given their groups everything up to it. So a router that restarts serves thousands who come back with the same few
 * cursors by a few upstreams, and after the next event by one.
 *
 * **A member that joins late without a cursor** gets what a new subscription would: where the subgraph announced that the latest
 * result is a state, that result; else nothing first.
 *
 * **A member that may have seen a state, but no event** has no cursor to resume from, and the live upstream may be behind
 * that state: one that reads the state anew is not. It is the live one from then on, and meets the one before at the next event.
 */
export class Stream<P extends PlannedSubscription> implements UpstreamHost<P> {
  readonly #primary: PrimaryPart;
  readonly #host: StreamHost;
  readonly #all = new Set<Upstream<P>>();
  /** No two are at one position. */
  readonly #byPosition = new Map<string, Upstream<P>>();
  #live: Upstream<P> | undefined;

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
    const known = this.find(cursor);
    if (known) return known;
    const opened = this.#open(client, cursor);
    if (cursor === undefined) this.#live = opened;
    return opened;
  }

  /** The upstream to join, if it is there already. */
  find(cursor: string | undefined): Upstream<P> | undefined {
    return cursor === undefined ? this.#live : this.#byPosition.get(cursor);
  }

  /** The upstream for members that may have seen a state of another stream: none that was connected before. */
  anew(client: Client): Upstream<P> {
    if (!this.#live || this.#live.isConnected) this.#live = this.#open(client, undefined);
    return this.#live;
  }

  receiving(upstream: Upstream<P>, result: SubgraphResult): void {
    const cursor = result.extensions?.cursor;
    if (cursor === undefined) return;
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
