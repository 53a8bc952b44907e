import type { Heard, Received } from './exchange.ts';

/** What a client may be told of a request of its own; a fault of a server is not among it. */
const CLIENT_CODES: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'COST_LIMIT_EXCEEDED',
  'CURSOR_EXPIRED',
  'DOCUMENT_LIMIT_EXCEEDED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PAYLOAD_TOO_LARGE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNAUTHENTICATED',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** As RFC 9110 and GraphQL over HTTP have them, for what a client did. */
const CLIENT_STATUSES: ReadonlySet<number> = new Set([
  100, 200, 303, 400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 426, 431,
]);

/** Closings of a WebSocket: by the client, and for what the client did. */
const CLOSINGS: ReadonlySet<number> = new Set([
  1000, 1002, 1003, 1006, 1007, 1009, 4400, 4401, 4403, 4406, 4408, 4409, 4429,
]);

/** What is wrong with responses to a hostile request; undefined where nothing is. */
export function faultOf(responses: readonly Received[]): string | undefined {
  for (const { status, body } of responses) {
    if (!CLIENT_STATUSES.has(status)) return `status ${status}: ${body}`;
    const fault = body.startsWith('{') ? faultOfBody(body) : undefined;
    if (fault) return `${fault}: ${body}`;
  }
  return undefined;
}

function faultOfBody(body: string): string | undefined {
  // A response of the GraphQL specification.
  const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: unknown };
  if (errors === undefined) return data === undefined ? 'neither data nor errors' : undefined;
  return faultOfErrors(errors);
}

function faultOfErrors(errors: unknown): string | undefined {
  if (!Array.isArray(errors) || errors.length === 0) return 'errors that are no list';
  const foreign = errors.find((error) => !CLIENT_CODES.has(error?.extensions?.code));
  return foreign && `an error of no client (${foreign.extensions?.code})`;
}

/** What is wrong with a hostile conversation; undefined where nothing is. */
export function faultOfConversation({ messages, closed }: Heard): string | undefined {
  if (!CLOSINGS.has(closed)) return `closed with ${closed}`;
  for (const { type, payload } of messages) {
    const errors = type === 'error' ? payload : undefined;
    const fault = errors === undefined ? undefined : faultOfErrors(errors);
    if (fault) return `${fault}: ${JSON.stringify(payload)}`;
  }
  return undefined;
}
