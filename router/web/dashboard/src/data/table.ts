import { isSame, type Supersedes } from './merge.ts';
import type { Entry } from './rows.ts';

export interface TableOptions<Row> {
  readonly idOf: (row: Row) => string;
  readonly supersedes: Supersedes<Row>;
  /** Above this, the rows that sort first by `age` are forgotten. */
  readonly capacity: number;
  readonly age: (row: Row) => string;
  /** Whether what is that old stays forgotten when it is told again; else it would be told as new once more. */
  readonly forGood: boolean;
  /** Told of each change, in order; `before` is undefined for a row that is new. */
  readonly changed?: (after: Row, before: Row | undefined) => void;
}

type Listener = () => void;

/**
 * The rows of one kind, each in the newest state that was told. Rows are heard of one by one (`publish`), the list as a
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
  #forgottenUpTo = '';

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

  /** Answers whether it is shown now. @param pushedAt when it was pushed; undefined for what was asked for */
  put(row: Row, asOf: number, pushedAt?: number): boolean {
    const { idOf, supersedes, age, forGood, changed } = this.#options;
    const id = idOf(row);
    const known = this.#entries.get(id);
    if (known && !supersedes({ row, asOf }, known)) return false;
    if (!known && forGood && age(row) <= this.#forgottenUpTo) return false;
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

  /** Forgets what was not told since a tick, the rows with these ids excepted. */
  keepOnly(ids: ReadonlySet<string>, since: number): void {
    for (const [id, { asOf }] of this.#entries) {
      if (asOf >= since || ids.has(id)) continue;
      this.#entries.delete(id);
      this.#changed.add(id);
      this.#isListStale = true;
    }
    this.#forgottenUpTo = '';
  }

  /** Tells those who follow single rows. */
  publish(): void {
    const ids = [...this.#changed];
    this.#changed.clear();
    for (const id of ids) for (const listener of this.#rowListeners.get(id) ?? []) listener();
  }

  /** Tells those who follow the list. */
  publishList(): void {
    if (!this.#isListStale) return;
    this.#isListStale = false;
    this.#forget();
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

  /** A fifth more than its capacity may gather, so that it sorts rarely. */
  #forget(): void {
    const { capacity, age, idOf } = this.#options;
    if (this.#entries.size <= capacity * 1.2) return;
    const byAge = [...this.#entries.values()].sort((one, other) => (age(one.row) < age(other.row) ? -1 : 1));
    for (const { row } of byAge.slice(0, byAge.length - capacity)) {
      this.#forgottenUpTo = age(row);
      this.#entries.delete(idOf(row));
    }
  }
}
