import { isRecord, storedValue } from './stored.ts';

/** An operation as it can be opened in a tab; `variables` and `headers` are JSON. */
export interface Saved {
  readonly query: string;
  readonly variables: string;
  readonly headers?: string;
}

/** One of a collection. */
export interface Kept extends Saved {
  readonly collection: string;
  readonly name: string;
}

/** One that was run; headers may hold tokens, and are not kept. */
export interface Past extends Omit<Saved, 'headers'> {
  readonly name: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly hasErrors: boolean;
}

const MOST_PAST = 50;

const isSaved = (value: unknown): value is Record<string, unknown> & Saved =>
  isRecord(value) && typeof value.query === 'string' && typeof value.variables === 'string';
const isListOf =
  <T>(isOne: (each: unknown) => each is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(isOne);
const isKept = (value: unknown): value is Kept =>
  isSaved(value) && typeof value.collection === 'string' && typeof value.name === 'string';
const isPast = (value: unknown): value is Past =>
  isSaved(value) &&
  typeof value.at === 'number' &&
  typeof value.ms === 'number' &&
  typeof value.name === 'string';
const areNames = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && Object.values(value).every((each) => typeof each === 'string');

/** What this browser keeps for whoever works in it. */
export function openLibrary() {
  const history = storedValue<readonly Past[]>('history', [], isListOf(isPast));
  return {
    collections: storedValue<readonly Kept[]>('collections', [], isListOf(isKept)),
    environment: storedValue('environment', {}, areNames),
    history,
    /** The newest comes first; the same operation again takes its place. */
    record: (past: Past) => {
      const others = history
        .get()
        .filter(({ query, variables }) => query !== past.query || variables !== past.variables);
      history.set([past, ...others].slice(0, MOST_PAST));
    },
  };
}

export type Library = ReturnType<typeof openLibrary>;
