import { HttpRefusal } from '@airline/service/server';
import { remembering } from '../remembering.ts';

/** The media types of single responses (GraphQL over HTTP, "Media Types"). */
export type ResponseType = 'application/graphql-response+json' | 'application/json';

/**
 * The protocols of incremental delivery over multipart: Apollo's, by the specification's draft of August 2022, and that of
 * graphql-js 17.0.0-alpha.9 (https://specs.apollo.dev/incremental/v0.2).
 */
export type IncrementFormat = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

/** What an accept header (RFC 9110 12.5.1) means here. */
export interface Accepted {
  /** That of a single response; for a client that accepts none of the two, that of its errors. */
  readonly type: ResponseType;
  /** Whether the client accepts a single response. */
  readonly whole: boolean;
  /** Whether it accepts a stream of results: text/event-stream or multipart/mixed. */
  readonly streams: boolean;
  /** How it accepts what is deferred, if it does. */
  readonly increments: IncrementFormat | undefined;
  /** Whether it wants a page rather than any of these, as a browser does that opens an address. */
  readonly page: boolean;
}

/** Clients send few different headers. */
const parsed = remembering(200, parseAccept);

const LEGACY: Accepted = {
  type: 'application/json',
  whole: true,
  streams: false,
  increments: undefined,
  page: false,
};

/** Without a header, or where any type will do, responses are application/json, as legacy clients expect. */
export function readAccept(header: string | undefined): Accepted {
  if (header === undefined || header === '') return LEGACY;
  return parsed(header);
}

/** The quality values (RFC 9110 12.4.2) of what a header such as accept names, in lower case. */
export function readWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const range of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    weights.set(name, Math.max(weights.get(name) ?? 0, weight));
  }
  return weights;
}

/**
 * The content coding that an accept-encoding header (RFC 9110 12.5.3) prefers.
 * @param offered the best first
 * @returns undefined for none, which is also what those get that accept nothing else
 */
export function preferredCoding<Coding extends string>(
  header: string | undefined,
  offered: readonly Coding[],
): Coding | undefined {
  if (header === undefined) return undefined;
  const weights = readWeights(header);
  const any = weights.get('*') ?? 0;
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of offered) {
    const weight = weights.get(coding) ?? any;
    if (weight > bestWeight) {
      best = coding;
      bestWeight = weight;
    }
  }
  return (weights.get('identity') ?? 0) > bestWeight ? undefined : best;
}

function parseAccept(header: string): Accepted {
  const weights = readWeights(header);
  const any = weights.get('application/*') ?? weights.get('*/*') ?? 0;
  const json = weights.get('application/json') ?? any;
  const graphql = weights.get('application/graphql-response+json') ?? 0;
  const streamed = Math.max(weights.get('text/event-stream') ?? 0, weights.get('multipart/mixed') ?? 0);
  const whole = json > 0 || graphql > 0;
  const legacy = whole && json > graphql;
  const type = legacy ? 'application/json' : 'application/graphql-response+json';
  const html = weights.get('text/html') ?? 0;
  const page = html > Math.max(weights.get('application/json') ?? 0, graphql, streamed);
  return { type, whole, streams: streamed > 0, increments: incrementFormat(header), page };
}

/** Of those that a client names, the first. */
function incrementFormat(header: string): IncrementFormat | undefined {
  for (const range of header.toLowerCase().split(',')) {
    const [name, ...parameters] = range.replaceAll(/[\s"]/g, '').split(';');
    if (name !== 'multipart/mixed' || parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
      continue;
    if (parameters.includes('deferspec=20220824')) return 'deferSpec=20220824';
    if (parameters.includes('incrementalspec=v0.2')) return 'incrementalSpec=v0.2';
  }
  return undefined;
}

export function notAcceptable(): HttpRefusal {
  const message =
    'The "accept" header allows no media type of this server: use application/graphql-response+json or application/json.';
  return new HttpRefusal(406, 'NOT_ACCEPTABLE', message);
}
