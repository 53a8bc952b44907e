import { isSame, type Supersedes } from './merge.ts';
import type { Entry } from './rows.ts';

export interface TableOptions<Row> {
  readonly idOf: (row: Row) => string;
  readonly supersedes: Supersedes<Row>;
  /** Above this, the rows that sort first by `age` are evicted. */
  readonly capacity: number;
  readonly age: (row: Row) => string;
  /** Whether a row as old as the evicted ones is ignored when it arrives again; else it would count as new. */
  readonly isEvictionFinal: boolean;
  /** Called with each change, in order; `before` is undefined for a row that is new. */
  readonly changed?: (after: Row, before: Row | undefined) => void;
}

type Listener = () => void;

/**
 * The rows of one kind, each in the newest state that arrived. Rows are published one by one (`publish`), the list as a
 * whole more rarely (`publishList`): a table that moves hundreds of times a second cannot be read anyhow.
 */
export class Table<Row extends object> {
  readonly #options: TableOptions<Row>;
  readonly #entries = new Map<string, Entry<Row>>();
  readonly #rowListeners = new Map<string, Set<Listener>>();
  readonly #listListeners = new Set<Listener>();
  readonly #changed = new Set<string>();
  #list: readonly Entry<Row>[] = [];
  #isListStale = false;
  #evictedUpTo = '';

  constructor(options: TableOptions<Row>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** All rows, as of the last `publishList`. */
  get list(): readonly Entry<Row>[] {
    return this.#list;
  }

  get(id: string): Entry<Row> | undefined {
    return this.#entries.get(id);
  }

  entries(): Iterable<Entry<Row>> {
    return this.#entries.values();
  }

  /** Returns whether it is shown now. @param pushedAt when it was pushed; undefined for a loaded row */
  put(row: Row, asOf: number, pushedAt?: number): boolean {
    const { idOf, supersedes, age, isEvictionFinal, changed } = this.#options;
    const id = idOf(row);
    const known = this.#entries.get(id);
    if (known && !supersedes({ row, asOf }, known)) return false;
    if (!known && isEvictionFinal && age(row) <= this.#evictedUpTo) return false;
    const isChange = !known || !isSame(row, known.row);
    this.#entries.set(id, {
      row: isChange ? row : known.row,
      asOf,
      pushedAt: isChange ? (pushedAt ?? known?.pushedAt) : known.pushedAt,
    });
    if (!isChange) return true;
    this.#changed.add(id);
    this.#isListStale = true;
    changed?.(row, known?.row);
    return true;
  }

  /** Deletes rows that did not arrive since a tick, except those with these ids. */
  keepOnly(ids: ReadonlySet<string>, since: number): void {
    for (const [id, { asOf }] of this.#entries) {
      if (asOf >= since || ids.has(id)) continue;
      this.#entries.delete(id);
      this.#changed.add(id);
      this.#isListStale = true;
    }
    this.#evictedUpTo = '';
  }

  /** Calls the listeners of single rows. */
  publish(): void {
    const ids = [...this.#changed];
    this.#changed.clear();
    for (const id of ids) for (const listener of this.#rowListeners.get(id) ?? []) listener();
  }

  /** Calls the listeners of the list. */
  publishList(): void {
    if (!this.#isListStale) return;
    this.#isListStale = false;
    this.#evict();
    this.#list = [...this.#entries.values()];
    for (const listener of this.#listListeners) listener();
  }

  followRow(id: string, listener: Listener): () => void {
    const listeners = this.#rowListeners.get(id) ?? new Set();
    this.#rowListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#rowListeners.get(id) === listeners) this.#rowListeners.delete(id);
    };
  }

  followList = (listener: Listener): (() => void) => {
    this.#listListeners.add(listener);
    return () => void this.#listListeners.delete(listener);
  };

  /** Evicts once the table exceeds its capacity by a fifth, so that it sorts rarely. */
  #evict(): void {
    const { capacity, age, idOf } = this.#options;
    if (this.#entries.size <= capacity * 1.2) return;
    const byAge = [...this.#entries.values()].sort((one, other) => (age(one.row) < age(other.row) ? -1 : 1));
    for (const { row } of byAge.slice(0, byAge.length - capacity)) {
      this.#evictedUpTo = age(row);
      this.#entries.delete(idOf(row));
    }
  }
}
