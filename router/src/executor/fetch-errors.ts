import { refusalCodes, shorten, shortenExtensions, stopCodes } from '@airline/service/server';
import { isObject } from '../raw-json.ts';
import type { Failure } from '../sources/subgraph-request.ts';
import type { FetchError } from './run.ts';
import type { ErrorPlace, Path } from './targets.ts';

/**
 * How a subgraph's errors become errors of the response. `located` leads from an error's path in the subgraph's
 * response to places in the merged response, if it is one; `everywhere` is what the fetch was to fill.
 */
export interface Places {
  located(path: Path): readonly ErrorPlace[] | undefined;
  everywhere(): readonly ErrorPlace[];
}

/**
 * A subgraph may judge a client's values, and bounds the work of a request: with these codes, its messages reach the client.
 * Text and request are the router's, so any other code tells of a fault inside.
 */
const contract: ReadonlySet<unknown> = new Set([...refusalCodes, ...stopCodes]);

/** So many places of one response get errors: clients are told of a hundred. What is beyond becomes one error. */
const MOST_PLACES = 1_000;
/** No value is at a path of more steps. An error's is copied for each place. */
const LONGEST_PATH = 100;

/** Reports the errors of a response. Without data, the first that says not where is of all that was asked for. */
export function reportErrors(
  errors: readonly unknown[],
  subgraph: string,
  hasData: boolean,
  places: Places,
  into: FetchError[],
): void {
  let isExplained = hasData;
  const most = into.length + MOST_PLACES;
  for (const [index, given] of errors.entries()) {
    if (into.length >= most) {
      into.push(omitted(errors.length - index, subgraph));
      return;
    }
    const { message, path, extensions } = readError(given, subgraph);
    const located = (path && places.located(path)) ?? [];
    if (located.length > 0) for (const place of located) into.push({ message, place, extensions });
    else if (isExplained) into.push({ message, place: undefined, extensions });
    else {
      isExplained = true;
      for (const place of places.everywhere()) into.push({ message, place, extensions });
    }
  }
}

const omitted = (count: number, subgraph: string): FetchError => ({
  message: `The subgraph "${subgraph}" has returned ${count} more errors.`,
  place: undefined,
  extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: subgraph },
});

/** Reports that a fetch gave nothing, for all that it was to fill. */
export function reportFailure({ failure: message, code }: Failure, places: Places, into: FetchError[]): void {
  const extensions = { code: code ?? 'SUBGRAPH_UNAVAILABLE' };
  for (const place of places.everywhere()) into.push({ message, place, extensions });
}

/** The places, in the list of entities under a response name, of those that have an error. */
export function failedEntities(errors: readonly unknown[], field: string): ReadonlySet<unknown> {
  if (errors.length === 0) return NONE;
  return new Set(
    errors.flatMap((error) => {
      const path = isObject(error) ? readPath(error.path) : undefined;
      return path && path[0] === field ? [path[1]] : [];
    }),
  );
}

const NONE: ReadonlySet<unknown> = new Set();

/** An error as the specification has it, from whatever a subgraph sent as one. */
function readError(given: unknown, subgraph: string): Omit<FetchError, 'place'> & { path: Path | undefined } {
  const error = isObject(given) ? given : {};
  const extensions = isObject(error.extensions) ? shortenExtensions(error.extensions) : {};
  const isKnown = extensions.code === undefined || contract.has(extensions.code);
  const code = isKnown ? (extensions.code ?? 'DOWNSTREAM_SERVICE_ERROR') : 'INTERNAL_SERVER_ERROR';
  const hasMessage = typeof error.message === 'string' && error.message !== '';
  return {
    message: hasMessage
      ? shorten(String(error.message))
      : `Error in a response of the subgraph "${subgraph}".`,
    path: readPath(error.path),
    extensions: { ...extensions, code, serviceName: subgraph },
  };
}

/** Some subgraphs write indexes as texts. No response name begins with a digit, so these are none. */
const readPath = (path: unknown): Path | undefined =>
  isPath(path) ? path.map((step) => (INDEX.test(String(step)) ? Number(step) : step)) : undefined;

const INDEX = /^\d{1,10}$/;

const isPath = (value: unknown): value is Path =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= LONGEST_PATH &&
  value.every((step) => typeof step === 'string' || Number.isSafeInteger(step));
