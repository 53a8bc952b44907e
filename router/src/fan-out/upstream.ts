import { type SubgraphResult, SubscriptionProgress } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Client, OperationResult } from '../request.ts';
import { internalError } from './errors.ts';
import { type Group, lastingLonger, type SharedUpstream } from './group.ts';
import type { ConnectUpstream, PlannedSubscription, Sink } from './types.ts';

/** What an upstream reports. */
export interface UpstreamHost<P extends PlannedSubscription> {
  readonly connect: ConnectUpstream;
  /** Called before the groups receive the result. */
  receiving(upstream: Upstream<P>, result: SubgraphResult): void;
  /** Called after the groups have received it. */
  received(upstream: Upstream<P>): void;
  closed(upstream: Upstream<P>): void;
  failed(error: unknown): void;
}

/** What an upstream requests from its subgraph. */
export type PrimaryPart = PlannedSubscription['primary'];

/** One subscription at a subgraph, and the groups that share it. It ends, synchronously, when the last group leaves. */
export class Upstream<P extends PlannedSubscription> implements Sink, SharedUpstream<P> {
  /** The cursor that it resumes from; undefined: it started live. */
  readonly resumedFrom: string | undefined;
  /** The cursor of the last event: groups that have this event have all before it, and may be moved here. */
  position: string | undefined;
  /** The last result for members. */
  latest: SubgraphResult | undefined;
  /** Whether it has subscribed at the subgraph. */
  isConnected = false;
  readonly groups = new Set<Group<P>>();
  readonly #byKey = new Map<string, Group<P>>();
  readonly #progress: SubscriptionProgress;
  readonly #primary: PrimaryPart;
  readonly #host: UpstreamHost<P>;
  #client: Client;
  #unsubscribe: (() => void) | undefined;
  #isClosed = false;

  constructor(primary: PrimaryPart, client: Client, cursor: string | undefined, host: UpstreamHost<P>) {
    this.#primary = primary;
    this.#client = client;
    this.#host = host;
    this.resumedFrom = cursor;
    this.position = cursor;
    this.#progress = new SubscriptionProgress(cursor);
  }

  /** Where another one could resume; undefined while it would have to begin anew, with a state. */
  get cursor(): string | undefined {
    return this.#progress.cursor;
  }

  /** What members that join now without a cursor get first. */
  get state(): SubgraphResult | undefined {
    return this.#progress.hasState ? this.latest : undefined;
  }

  /** Subscribes, once. Called when the first member has joined, because the subgraph may respond at once. */
  connect(): void {
    if (this.isConnected || this.#isClosed) return;
    this.isConnected = true;
    const upstream = this;
    const request = {
      ...this.#primary,
      cursor: this.resumedFrom,
      get headers() {
        return upstream.#client.forwarded;
      },
      get authority() {
        return upstream.#client.authority;
      },
    };
    try {
      this.#unsubscribe = this.#host.connect(request, this);
    } catch (error) {
      this.#host.failed(error);
      this.#finish(internalError);
    }
    if (this.#isClosed) this.#unsubscribe?.();
  }

  /** The group with this key that new members join. */
  joinable(key: string): Group<P> | undefined {
    return this.#byKey.get(key);
  }

  /** The group that new members with this one's key join: itself, if there is none other. */
  groupOf(group: Group<P>): Group<P> {
    const same = this.#byKey.get(group.key);
    if (same) return same;
    this.#byKey.set(group.key, group);
    return group;
  }

  add(group: Group<P>): void {
    this.groups.add(group);
    group.upstream = this;
    this.groupOf(group);
    this.#client = lastingLonger(this.#client, group.client);
  }

  remove(group: Group<P>): void {
    if (!this.groups.delete(group)) return;
    if (this.#byKey.get(group.key) === group) this.#byKey.delete(group.key);
    if (group.upstream === this) group.upstream = undefined;
    if (this.groups.size === 0) this.#close();
  }

  /** Takes the groups of an upstream that has come to the same event, which ends that one. */
  take(other: Upstream<P>): void {
    const groups = [...other.groups];
    for (const group of groups) this.add(group);
    for (const group of groups) {
      other.remove(group);
      group.settle();
    }
  }

  /** A member joined one of its groups. */
  shareWith(client: Client): void {
    this.#client = lastingLonger(this.#client, client);
  }

  next(result: SubgraphResult): void {
    if (this.#isClosed) return;
    if (this.#progress.receive(result) === 'announcement') return;
    this.#host.receiving(this, result);
    this.latest = result;
    for (const group of this.groups) group.receive(result);
    if (!this.#isClosed) this.#host.received(this);
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    this.#finish({ errors });
  }

  complete(): void {
    this.#finish(undefined);
  }

  #finish(failure: OperationResult | undefined): void {
    if (this.#isClosed) return;
    const groups = [...this.groups];
    this.groups.clear();
    this.#byKey.clear();
    this.#close();
    for (const group of groups) group.upstream = undefined;
    for (const group of groups) group.finish(failure);
  }

  #close(): void {
    this.#isClosed = true;
    this.#unsubscribe?.();
    this.#host.closed(this);
  }
}
