import type { SubgraphResult } from '@airline/service/server';
import type { Client, OperationResult } from '../request.ts';
import { copy } from '../tree.ts';
import { internalError, slowConsumer } from './errors.ts';
import type { Execution } from './limits.ts';
import type { Delivered, Member, Place } from './member.ts';
import type { PlannedSubscription } from './types.ts';

/** What a group has its events from, and shares with others. */
export interface SharedUpstream<P extends PlannedSubscription> {
  /** Where another one could resume; undefined while it would have to begin anew. */
  readonly cursor: string | undefined;
  /** The group that new members with this one's key join: itself, if there is none other. */
  groupOf(group: Group<P>): Group<P>;
  remove(group: Group<P>): void;
}

/** What a group reports. */
export interface GroupHost<P extends PlannedSubscription> {
  /** Events that wait for their execution at most. */
  readonly waitingEvents: number;
  /** A member is gone, for whatever reason. */
  left(member: Member): void;
  /** A member is executed with those of another group from now on. */
  moved(member: Member, to: Execution): void;
  /** The last member is gone. */
  emptied(group: Group<P>): void;
  /** A result was pushed to so many members, and so many others were ended for being too slow. */
  delivered(pushed: number, dropped: number): void;
  /** An execution threw: a fault of the router, whose members get a result with an internal error. */
  failed(error: unknown): void;
}

/** One execution to come. */
interface Item<P> {
  readonly event: SubgraphResult;
  planned: P;
  /** Counts the group's events; undefined for an event that is executed again, as a state. */
  readonly number: number | undefined;
  /** Members that joined late, for which a state is. */
  readonly joiners: Member[];
}

/**
 * All members with the same operation, variables and authority on one upstream. Each event is executed once, one after
 * the other, and its result is pushed to every member: order is kept, and no execution begins before
 * the one of an older event has ended, so no member sees an older state after a newer one.
 */
export class Group<P extends PlannedSubscription> implements Place {
  readonly key: string;
  readonly execution: Execution;
  planned: P;
  /** The sharer whose credentials last longest: executions are on its behalf. */
  client: Client;
  /** Undefined once the upstream has ended, while the last events are executed. */
  upstream: SharedUpstream<P> | undefined;
  readonly #members = new Set<Member>();
  readonly #host: GroupHost<P>;
  #waiting: Item<P>[] = [];
  #nextNumber = 1;
  #isExecuting = false;
  #ending: { readonly failure: OperationResult | undefined } | undefined;

  constructor(key: string, planned: P, client: Client, execution: Execution, host: GroupHost<P>) {
    this.key = key;
    this.execution = execution;
    this.planned = planned;
    this.client = client;
    this.#host = host;
  }

  get size(): number {
    return this.#members.size;
  }

  /**
   * @param state the newest event where it is a state, for a member that begins with one: it gets what a new subscription
   *   would, executed now. All that join before an execution begins share it, be it of this state or of a newer event.
   */
  join(member: Member, state: SubgraphResult | undefined): void {
    const soon = this.#waiting.at(-1);
    member.since = (state && soon?.number) ?? this.#nextNumber;
    this.#add(member);
    if (!state) return;
    if (!soon) this.#execute({ event: state, planned: this.planned, number: undefined, joiners: [member] });
    else if (soon.number === undefined) soon.joiners.push(member);
  }

  receive(event: SubgraphResult): void {
    if (this.#waiting.length >= this.#host.waitingEvents) {
      this.#host.delivered(0, this.size);
      this.end(slowConsumer, { dropQueued: true });
      return;
    }
    const number = this.#nextNumber;
    this.#nextNumber += 1;
    this.#execute({ event, planned: this.planned, number, joiners: [] });
  }

  /** What has not begun is executed by the new plan. Only for a plan with the same primary part. */
  swap(planned: P): void {
    // What came before an earlier plan with another primary part stays with the plan whose shape it has.
    for (const item of this.#waiting) if (item.planned === this.planned) item.planned = planned;
    this.planned = planned;
  }

  /** Ends all members now; what was not executed is dropped. */
  end(failure: OperationResult | undefined, { dropQueued = false } = {}): void {
    this.upstream?.remove(this);
    this.#waiting = [];
    for (const member of this.#members) member.end(failure, { dropQueued });
  }

  /** Ends all members after the events that have come. */
  finish(failure: OperationResult | undefined): void {
    this.upstream?.remove(this);
    if (this.#isExecuting) this.#ending = { failure };
    else this.end(failure);
  }

  /** A group that has nothing to execute moves into the one with its key that shares its upstream, if there is one. */
  settle(): void {
    const same = this.upstream?.groupOf(this);
    if (this.#isExecuting || !same || same === this) return;
    for (const member of this.#members) {
      member.since = same.#nextNumber;
      same.#add(member);
      this.#host.moved(member, same.execution);
    }
    this.#members.clear();
    this.#close();
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.#host.left(member);
    if (this.#members.size === 0) this.#close();
  }

  #add(member: Member): void {
    member.place = this;
    this.#members.add(member);
    this.client = lastingLonger(this.client, member.client);
  }

  #close(): void {
    this.#waiting = [];
    this.upstream?.remove(this);
    this.#host.emptied(this);
  }

  #execute(item: Item<P>): void {
    this.#waiting.push(item);
    if (!this.#isExecuting) void this.#executeAll();
  }

  async #executeAll(): Promise<void> {
    this.#isExecuting = true;
    for (let item = this.#waiting.shift(); item; item = this.#waiting.shift()) {
      this.#deliver(item, { done: false, value: await this.#resultOf(item) });
    }
    this.#isExecuting = false;
    if (this.#ending) this.end(this.#ending.failure);
    else this.settle();
  }

  async #resultOf({ event, planned }: Item<P>): Promise<OperationResult> {
    const cursor = event.extensions?.cursor;
    let result: OperationResult;
    try {
      result = await planned.execute(copy(event), this.client);
    } catch (error) {
      this.#host.failed(error);
      result = { data: null, ...internalError };
    }
    return cursor === undefined ? result : { ...result, extensions: { ...result.extensions, cursor } };
  }

  #deliver({ number, joiners }: Item<P>, delivered: Delivered): void {
    let pushed = 0;
    let dropped = 0;
    for (const member of number === undefined ? joiners : this.#members) {
      const isMeant = number === undefined ? member.place === this : member.since <= number;
      if (!isMeant) continue;
      if (member.push(delivered)) pushed += 1;
      else {
        dropped += 1;
        member.end(slowConsumer, { dropQueued: true });
      }
    }
    this.#host.delivered(pushed, dropped);
  }
}

/** The one of two clients with the same authority whose credentials end later. */
export function lastingLonger(one: Client, other: Client): Client {
  const end = ({ authority }: Client) => authority.expiresAt ?? Number.POSITIVE_INFINITY;
  return end(other) > end(one) ? other : one;
}
