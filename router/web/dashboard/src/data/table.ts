import { isSame, type Supersedes } from './merge.ts';
import type { Entry } from './rows.ts';

export interface TableOptions<Row> {
  readonly idOf: (row: Row) => string;
  readonly supersedes: Supersedes<Row>;
  /** Above this, rows are evicted that no list holds and nothing draws, those that changed first. */
  readonly capacity: number;
}

/** How a row came: pushed, by a change that was made on this page, or as one of a page of rows. */
export type Origin = 'pushed' | 'own' | 'loaded';

/** What becomes of a table's rows; a list is one. */
export interface Holder {
  /** Called before a frame is drawn, with the rows that have come since the last one, or come again. */
  arrived(origins: ReadonlyMap<string, Origin>): void;
  holds(id: string): boolean;
}

type Listener = () => void;

/** The rows of one kind that have arrived, each in its newest state, whichever list shows them. */
export class Table<Row extends object> {
  readonly #options: TableOptions<Row>;
  readonly #entries = new Map<string, Entry<Row>>();
  readonly #rowListeners = new Map<string, Set<Listener>>();
  readonly #holders = new Set<Holder>();
  readonly #changed = new Set<string>();
  readonly #arrived = new Map<string, Origin>();
  #reads = 0;

  constructor(options: TableOptions<Row>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Entry<Row> | undefined {
    return this.#entries.get(id);
  }

  idOf(row: Row): string {
    return this.#options.idOf(row);
  }

  /** A row of a response. @param changedAt as of `performance.now()`, where this page has changed it */
  put(row: Row, asOf: number, changedAt?: number): void {
    this.#put(row, asOf, changedAt === undefined ? 'loaded' : 'own', changedAt);
  }

  /** A row of a subscription. */
  push(row: Row, asOf: number): void {
    this.#put(row, asOf, 'pushed', performance.now());
  }

  /** Requests rows to be put here. Meanwhile nothing is evicted: a response may be older than what has been pushed. */
  async read<Result>(request: () => Promise<Result>): Promise<Result> {
    this.#reads += 1;
    try {
      return await request();
    } finally {
      this.#reads -= 1;
    }
  }

  #put(row: Row, asOf: number, origin: Origin, litAt: number | undefined): void {
    const id = this.#options.idOf(row);
    const known = this.#entries.get(id);
    const isNewer = !known || this.#options.supersedes({ row, asOf }, known);
    const isChange = isNewer && !(known && isSame(row, known.row));
    // A row that is known, say from the history of a booking, may be new to a list.
    if (isChange || origin !== 'loaded') {
      this.#arrived.set(id, this.#arrived.get(id) === 'own' ? 'own' : origin);
    }
    if (!isNewer) return;
    if (isChange) this.#changed.add(id);
    // The rows that changed last are the last to be evicted.
    if (isChange) this.#entries.delete(id);
    this.#entries.set(id, isChange ? { row, asOf, pushedAt: litAt ?? known?.pushedAt } : { ...known, asOf });
  }

  /** Tells those who follow rows, and lists, of what has changed. */
  publish(): void {
    const origins = new Map(this.#arrived);
    const ids = [...this.#changed];
    this.#arrived.clear();
    this.#changed.clear();
    for (const holder of this.#holders) holder.arrived(origins);
    for (const id of ids) for (const listener of this.#rowListeners.get(id) ?? []) listener();
    this.#evict();
  }

  followRow(id: string, listener: Listener): () => void {
    const listeners = this.#rowListeners.get(id) ?? new Set();
    this.#rowListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#rowListeners.get(id) === listeners) this.#rowListeners.delete(id);
    };
  }

  /** Returns how to leave. */
  join(holder: Holder): () => void {
    this.#holders.add(holder);
    return () => void this.#holders.delete(holder);
  }

  /** Evicts once the table exceeds its capacity by a fifth, so that it rarely looks for rows to evict. */
  #evict(): void {
    const { capacity } = this.#options;
    if (this.#reads > 0 || this.#entries.size <= capacity * 1.2) return;
    const isHeld = (id: string) =>
      this.#rowListeners.has(id) || [...this.#holders].some((holder) => holder.holds(id));
    for (const id of this.#entries.keys()) {
      if (this.#entries.size <= capacity) return;
      if (!isHeld(id)) this.#entries.delete(id);
    }
  }
}
