/** The media types of whole answers (GraphQL over HTTP, "Media Types"). */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** What an accept header (RFC 9110 12.5.1) means here. */
export interface Accepted {
  /** How a whole answer is written; for a client that wants none of the two, how its errors are. */
  readonly type: AnswerType;
  /** Whether the client takes whole answers. */
  readonly whole: boolean;
  /** Whether it takes answers one by one: text/event-stream or multipart/mixed. */
  readonly streams: boolean;
}

/** Clients send few different headers, so each is read once; an attacker's many are forgotten again. */
const remembered = new Map<string, Accepted>();
const REMEMBERED = 200;

const LEGACY: Accepted = { type: 'application/json', whole: true, streams: false };

/** Without a header, or where any type will do, answers are application/json, as clients of old expect. */
export function readAccept(header: string | undefined): Accepted {
  if (header === undefined || header === '') return LEGACY;
  const known = remembered.get(header);
  if (known) return known;
  const accepted = parseAccept(header);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(header, accepted);
  return accepted;
}

function parseAccept(header: string): Accepted {
  const weights = new Map<string, number>();
  for (const range of header.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    weights.set(type, Math.max(weights.get(type) ?? 0, weight));
  }
  const any = weights.get('application/*') ?? weights.get('*/*') ?? 0;
  const json = weights.get('application/json') ?? any;
  const graphql = weights.get('application/graphql-response+json') ?? 0;
  const streams = ['text/event-stream', 'multipart/mixed'].some((type) => (weights.get(type) ?? 0) > 0);
  const whole = json > 0 || graphql > 0;
  const legacy = whole && json > graphql;
  return { type: legacy ? 'application/json' : 'application/graphql-response+json', whole, streams };
}
