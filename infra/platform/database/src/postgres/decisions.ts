import { decideOn, type Encode, sumOf } from '../decide.ts';
import type { Message, State } from '../store.ts';
import type { Job, Outcome } from './job.ts';
import type { RowStatements } from './rows.ts';

/** The results of a batch of jobs, to be written together. */
export interface Decided {
  readonly outcomes: Outcome[];
  /** The indexes of jobs that threw. */
  readonly failed: readonly number[];
  /** By table and key: rows to insert where the database had none, and others. */
  readonly inserts: ReadonlyMap<string, ReadonlyMap<string, object>>;
  readonly puts: ReadonlyMap<string, ReadonlyMap<string, object>>;
  /** By table and key: rows whose numbers are added to what the database has. */
  readonly adds: ReadonlyMap<string, ReadonlyMap<string, object>>;
  /** In their envelopes. */
  readonly events: readonly string[];
}

/** What the first flight of a transaction has returned. */
export interface Facts {
  /** By table and key; undefined where there is no row. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, object | undefined>>;
  /** Messages that are to be handled, as `nameOf` names them. */
  readonly messages: ReadonlySet<string>;
}

export const nameOf = ({ consumer, eventId }: Message, isReplay = false) =>
  JSON.stringify([consumer, eventId, isReplay]);

/** Makes the decisions of a batch one after the other, each upon what those before it have changed. */
export function decideAll<S extends State>(
  jobs: readonly Job<S>[],
  { rows, messages }: Facts,
  statements: ReadonlyMap<string, RowStatements>,
  encode: Encode,
): Decided {
  const unhandled = new Set(messages);
  const changed = new Map<string, Map<string, object>>();
  const adds = new Map<string, Map<string, object>>();
  const events: string[] = [];
  const failed: number[] = [];

  const find = (name: string, key: string) => changed.get(name)?.get(key) ?? rows.get(name)?.get(key);

  const keyOf = (name: string, row: object) => statements.get(name)?.keyOf(row) ?? '';

  function apply(job: Job<S>): unknown {
    const { decision, rows: written, added, events: published } = decideOn(job, find, keyOf, encode);
    for (const { name, row } of [...written, ...added]) statements.get(name)?.check(row);
    // From here on nothing of this decision can fail any more.
    for (const { name, row } of written) entry(changed, name).set(keyOf(name, row), row);
    for (const { name, row } of added) {
      const rows = entry(adds, name);
      const key = keyOf(name, row);
      rows.set(key, sumOf(rows.get(key), row));
    }
    events.push(...published);
    return decision.result;
  }

  const outcomes = jobs.map((job, index): Outcome => {
    const { message } = job;
    // The same message twice in a batch is handled once.
    if (message && !unhandled.delete(nameOf(message, job.isReplay))) return { result: false };
    try {
      const result = apply(job);
      return { result: message ? true : result };
    } catch (error) {
      failed.push(index);
      return { error };
    }
  });

  const inserts = new Map<string, Map<string, object>>();
  const puts = new Map<string, Map<string, object>>();
  for (const [name, byKey] of changed) {
    for (const [key, row] of byKey) {
      const read = rows.get(name);
      const wasMissing = read?.has(key) && read.get(key) === undefined;
      entry(wasMissing ? inserts : puts, name).set(key, row);
    }
  }
  return { outcomes, failed, inserts, puts, adds, events };
}

function entry<Value>(of: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const present = of.get(name) ?? new Map<string, Value>();
  of.set(name, present);
  return present;
}
