import type { Client, OperationResult } from '../request.ts';
import type { Execution } from './limits.ts';

/** `all`: every result, or the end with SLOW_CONSUMER. `latest`: a reader that is behind skips to the newest. */
export type Delivery = 'all' | 'latest';

/** One result for all members: they share the object that their readers get. */
export type Delivered = IteratorYieldResult<OperationResult>;

/** Where a member belongs; called once, when it leaves. */
export interface Place {
  leave(member: Member): void;
}

export interface MemberOptions {
  readonly client: Client;
  readonly delivery: Delivery;
  readonly connection: object | undefined;
  readonly execution: Execution;
  /** Results that wait at most. */
  readonly capacity: number;
  readonly ended: ((member: Member) => void) | undefined;
}

interface Reader {
  readonly promise: Promise<IteratorResult<OperationResult, undefined>>;
  readonly resolve: (result: IteratorResult<OperationResult, undefined>) => void;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One subscription of one client: a bounded queue that is read as an iterator, written by hand because an async
 * generator's `return()` would wait behind its pending `await`.
 *
 * A subscription that fails yields its errors as the last result (`failure`, without `data`) and is done; it never
 * rejects. What was queued before is read first, but not after SLOW_CONSUMER, UNAUTHENTICATED and shutdown, which drop it.
 */
export class Member implements AsyncIterableIterator<OperationResult, undefined> {
  readonly client: Client;
  readonly connection: object | undefined;
  /** As it is counted: that of its group. */
  execution: Execution;
  /** The number of its group's first event that is for this member. */
  since = 0;
  place: Place | undefined;
  /** The last result, once the subscription has failed: errors only. Undefined when it was completed. */
  failure: OperationResult | undefined;
  readonly #delivery: Delivery;
  readonly #capacity: number;
  readonly #ended: ((member: Member) => void) | undefined;
  /** Made when the reader falls behind; most members never need one. */
  #queue: Delivered[] | undefined;
  #reader: Reader | undefined;
  #isOver = false;

  constructor(options: MemberOptions) {
    this.client = options.client;
    this.connection = options.connection;
    this.execution = options.execution;
    this.#delivery = options.delivery;
    this.#capacity = options.capacity;
    this.#ended = options.ended;
  }

  /** @returns false when there is no room for one more result */
  push(delivered: Delivered): boolean {
    if (this.#reader) this.#resolve(this.#reader, delivered);
    else if (!this.#queue || this.#delivery === 'latest') this.#queue = [delivered];
    else if (this.#queue.length < this.#capacity) this.#queue.push(delivered);
    else return false;
    return true;
  }

  /** @param failure its last result; undefined when the subscription is complete */
  end(failure: OperationResult | undefined, { dropQueued = false } = {}): void {
    if (this.#isOver) return;
    this.failure = failure;
    if (dropQueued) this.#queue = undefined;
    const last = failure && { done: false as const, value: failure };
    if (this.#reader) this.#resolve(this.#reader, last ?? DONE);
    else if (last) this.#queue = [...(this.#queue ?? []), last];
    this.#leave();
    this.#ended?.(this);
  }

  next(): Promise<IteratorResult<OperationResult, undefined>> {
    const first = this.#queue?.shift();
    if (this.#queue?.length === 0) this.#queue = undefined;
    if (first) return Promise.resolve(first);
    if (this.#isOver) return Promise.resolve(DONE);
    // A `next` while another is pending resolves after that one.
    if (this.#reader) return this.#reader.promise.then(() => this.next());
    this.#reader = Promise.withResolvers<IteratorResult<OperationResult, undefined>>();
    return this.#reader.promise;
  }

  /** Leaves at once, synchronously, whatever is pending. */
  return(): Promise<IteratorResult<OperationResult, undefined>> {
    this.#queue = undefined;
    if (this.#reader) this.#resolve(this.#reader, DONE);
    this.#leave();
    return Promise.resolve(DONE);
  }

  /** Leaves as `return` does, and rejects with what was thrown in. */
  throw(error?: unknown): Promise<IteratorResult<OperationResult, undefined>> {
    void this.return();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #resolve(reader: Reader, result: IteratorResult<OperationResult, undefined>): void {
    this.#reader = undefined;
    reader.resolve(result);
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.place?.leave(this);
    this.place = undefined;
  }
}
